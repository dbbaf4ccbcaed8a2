"""The screens of depreciation with the sample data, for the pictures of the manual; the tab is open then."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from db.models.assets import Method
from logistics_desktop.features.depreciation.terms_entities import BOOK_ASSETS
from logistics_desktop.features.depreciation.voucher.presets import FIRST, PRESETS
from logistics_desktop.jobs import Job
from logistics_desktop.sample.finance_sheet import finance_sheet
from ui.depreciation import file_work
from ui.depreciation.change_dialog import ChangeDialog
from ui.depreciation.export_dialog import ExportDialog
from ui.depreciation.place import Place
from ui.depreciation.reconcile_dialog import ReconcileDialog
from ui.depreciation.reopen_dialog import ReopenDialog
from ui.depreciation.schedule_dialog import ScheduleDialog
from ui.depreciation.screen import DepreciationScreen
from ui.depreciation.terms_dialog import TermsDialog
from ui.depreciation.tie_out_dialog import TieOutDialog
from ui.depreciation.voucher_dialog import VoucherDialog
from ui.registry import NothingToShow
from ui.workspace import Workspace

_ASSET = 943  # of the sample: a machine by double declining balance, bought in 2020


def _screen(workspace: Workspace) -> DepreciationScreen:
    screen = workspace.open_module("depreciation")
    assert isinstance(screen, DepreciationScreen)
    return screen


def _place(workspace: Workspace) -> Place:
    place = _screen(workspace).place
    if place is None:
        raise NothingToShow
    return place


def _page(workspace: Workspace, page: Callable[[DepreciationScreen], QWidget]) -> QWidget:
    screen = _screen(workspace)
    shown = page(screen)
    screen.pages.setCurrentWidget(shown)
    return shown


def charges(workspace: Workspace) -> QWidget:
    """The charges of a month."""
    return _page(workspace, lambda screen: screen.month)


def forecast(workspace: Workspace) -> QWidget:
    """The next 36 months."""
    return _page(workspace, lambda screen: screen.forecast)


def endings(workspace: Workspace) -> QWidget:
    """The assets at the end of their life."""
    return _page(workspace, lambda screen: screen.endings)


def own(workspace: Workspace) -> QWidget:
    """What the book says of its own."""
    _screen(workspace).open_ledger(BOOK_ASSETS.key)
    return _screen(workspace).own


def tie_out(workspace: Workspace) -> QWidget:
    """The tie-out before a month is closed."""
    return TieOutDialog(workspace, _place(workspace), closing=True)


def reopen(workspace: Workspace) -> QWidget:
    """The reason for reopening a month."""
    place = _place(workspace)
    return ReopenDialog(workspace, Place(place.book, place.month - 1))


def schedule(workspace: Workspace) -> QWidget:
    """The schedule of an asset."""
    return ScheduleDialog(workspace, _place(workspace).book, _ASSET)


def why(workspace: Workspace) -> QWidget:
    """The explanation of a charge."""
    _place(workspace)
    screen = _screen(workspace)
    screen.pages.setCurrentWidget(screen.board)
    screen.show_why(_ASSET)
    return screen.board


def change(workspace: Workspace) -> QWidget:
    """A change of value before it is stored."""
    dialog = ChangeDialog(workspace, _place(workspace).book, _ASSET)
    dialog.editors["life_months"].set_value(144)
    dialog.editors["method"].set_value(Method.STRAIGHT_LINE)
    return dialog


def terms(workspace: Workspace) -> QWidget:
    """The terms of an asset and who says them."""
    return TermsDialog(workspace, _place(workspace).book, _ASSET)


def export(workspace: Workspace) -> QWidget:
    """Choosing a workbook."""
    place = _place(workspace)
    return ExportDialog(workspace, place.book, place.month - 1)


def voucher(workspace: Workspace) -> QWidget:
    """The voucher of a month."""
    place = _place(workspace)
    dialog = ExportDialog(workspace, place.book, place.month - 1)
    dialog.choose(None)
    return dialog


def voucher_layout(workspace: Workspace) -> QWidget:
    """The layout of vouchers."""
    place = _place(workspace)
    booked = file_work.booked(workspace.office, place.book, place.month - 1, Job())
    return VoucherDialog(workspace, PRESETS[FIRST][1], booked)


def reconcile(workspace: Workspace) -> QWidget:
    """A workbook of finance beside the book: some of its figures are those of another life, start, or hand."""
    place = _place(workspace)
    month = place.month - 1
    path = Path(tempfile.mkdtemp(), "折旧表.csv")
    with workspace.office.session() as session:
        path.write_text(finance_sheet(session, place.book.id, month), "utf-8-sig")
    dialog = ReconcileDialog(workspace, place.book, month)
    dialog.compare(path)
    return dialog
