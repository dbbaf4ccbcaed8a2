"""What the dialogs that read and write files have done in workers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from logistics_desktop import organisation
from logistics_desktop.context import Office
from logistics_desktop.features.depreciation import reconciling
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.reconcile import Line, Reconciliation
from logistics_desktop.features.depreciation.reconciling import OldBook
from logistics_desktop.features.depreciation.sheets import compared, kinds, paper
from logistics_desktop.features.depreciation.sheets.kinds import Kind
from logistics_desktop.features.depreciation.sheets.order import Order
from logistics_desktop.features.depreciation.voucher import store
from logistics_desktop.features.depreciation.voucher.booking import Booked, Voucher
from logistics_desktop.features.depreciation.voucher.layout import Layout
from logistics_desktop.jobs import Job


@dataclass(frozen=True, slots=True)
class Kept:
    """What the organisation keeps for its workbooks: its name, and the layout of its vouchers."""

    name: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class Compared:
    """Finance's workbook, and what differs; nothing where it has no list of a month."""

    old: OldBook
    found: Reconciliation | None


def kept(office: Office, _job: Job) -> Kept:
    """What the organisation keeps."""
    with office.session() as session:
        return Kept(paper.organisation_name(session), store.read_layout(session))


def write(office: Office, kind: Kind, order: Order, name: str, path: Path, job: Job) -> int:
    """Write a workbook with this name of the organisation, which is kept if it is another one."""
    if name != kept(office, job).name:
        office.save(lambda session: organisation.write(session, organisation.ORGANISATION_NAME, name), job=job)
    with office.session() as session:
        return kinds.export(session, kind, order, path, job)


def booked(office: Office, book: BookLine, month: Month, _job: Job) -> Booked:
    """What a month books."""
    with office.session() as session:
        return store.read_booked(session, book, month)


def keep_layout(office: Office, layout: Layout, job: Job) -> Layout:
    """Keep the layout of vouchers for everybody."""
    office.save(lambda session: store.store_layout(session, layout), job=job)
    return layout


def write_voucher(voucher: Voucher, layout: Layout, path: Path, _job: Job) -> int:
    """Write a voucher."""
    return store.write_voucher(voucher, layout, path)


def compare(office: Office, book: BookLine, month: Month, path: Path, job: Job) -> Compared:
    """Read finance's workbook and compare it with a month."""
    old = reconciling.read_old_book(path, book.standard, job)
    if old.list is None:
        return Compared(old, None)
    with office.session() as session:
        return Compared(old, reconciling.compare(session, book, month, old.list))


def write_lines(found: Reconciliation, lines: tuple[Line, ...], path: Path, _job: Job) -> int:
    """Write lines of a comparison as a workbook."""
    return compared.write_compared_list(found, lines, path)


def write_returned(one: Compared, path: Path, _job: Job) -> int:
    """Write finance's workbook with a column that says what differs, and give how many rows say something."""
    assert one.old.list is not None
    assert one.found is not None
    reconciling.write_compared(one.old.list, one.found, path)
    return len(one.found.differing)
