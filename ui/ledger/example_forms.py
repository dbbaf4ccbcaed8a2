"""Forms as the pictures of the manual show them."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from logistics_desktop.drafts import Draft
from logistics_desktop.ledgers import LEDGERS
from ui.ledger.screen import LedgerScreen
from ui.workspace import Workspace

_SIZE = (1280, 800)


def links(workspace: Workspace) -> QWidget:
    """A department, with what refers to it and its place in the list."""
    return _screen(workspace, "departments", lambda screen: _open_first(screen))


def filled(workspace: Workspace) -> QWidget:
    """A new asset of which some fields have filled themselves."""

    def type_(screen: LedgerScreen) -> None:
        screen.new_record()
        screen.panel.keeper.end()  # a picture leaves no draft
        form = screen.panel.form
        for key, text in (("quantity", "12"), ("unit_price", "1280"), ("residual_rate", "5%")):
            editor = form.editor(key)
            editor.setText(text)
            editor.changed.emit()
            editor.editingFinished.emit()

    return _screen(workspace, "assets", type_)


def draft(workspace: Workspace) -> QWidget:
    """A record with what a crash left of it."""

    def offer(screen: LedgerScreen) -> None:
        screen.new_record()
        typed = {"code": {"is": "ZC-1", "before": ""}, "name": {"is": "ZC", "before": ""}}
        screen.panel.keeper.offered.emit(Draft("", "assets", 0, 0, "", typed, time.time()))

    return _screen(workspace, "assets", offer)


def scans(workspace: Workspace) -> QWidget:
    """The files of a record, with a scan on offer and its preview."""
    folder = tempfile.TemporaryDirectory(prefix="logistics-")
    _draw_scan(Path(folder.name) / "scan0001.png")
    workspace.settings.save("scanner", {"folder": folder.name})

    def show(screen: LedgerScreen) -> None:
        _open_first(screen)
        screen.panel.shown.connect(lambda: screen.panel.tabs.setCurrentWidget(screen.panel.files))

    screen = _screen(workspace, "assets", show)
    screen.destroyed.connect(lambda: folder.cleanup())  # the closure keeps it until then
    return screen


def _screen(workspace: Workspace, ledger: str, then: Callable[[LedgerScreen], object]) -> LedgerScreen:
    screen = LedgerScreen(workspace, LEDGERS[ledger])
    screen.resize(*_SIZE)
    screen.model.completed.connect(lambda: then(screen), Qt.ConnectionType.SingleShotConnection)
    return screen


def _open_first(screen: LedgerScreen) -> None:
    if screen.model.rowCount():
        screen.table.select_record(0)
        screen.open_selected()


def _draw_scan(path: Path) -> None:
    """Something that looks like a scanned page."""
    image = QImage(600, 840, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for line in range(24):
        painter.fillRect(QRect(60, 80 + 28 * line, 480 if line % 5 else 260, 9), QColor(120, 120, 120))
    painter.end()
    image.save(str(path))
    at = time.time() - 60
    os.utime(path, (at, at))


FORMS: Mapping[str, Callable[[Workspace], QWidget]] = {
    "links": links,
    "filled": filled,
    "draft": draft,
    "scans": scans,
}
