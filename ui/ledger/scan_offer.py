"""Offers what the scanner has put into its folder for the record on show."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.scan_folder import Scan, waiting
from ui.appearance import Settings
from ui.workspace import Workspace

SETTINGS = "scanner"  # the folder, and the marks of the files that were dealt with
_LOOK_MS = 2_000
_REMEMBERED = 500


def _look(settings: Settings, _job: Job) -> tuple[str, list[Scan]]:
    saved = settings.load(SETTINGS)
    folder = saved.get("folder")
    if not isinstance(folder, str) or not folder:
        return "", []
    return folder, waiting(Path(folder), frozenset(map(str, saved.get("done", []))))


def _set_folder(settings: Settings, folder: str, _job: Job) -> None:
    settings.save(SETTINGS, {**settings.load(SETTINGS), "folder": folder})


def _set_done(settings: Settings, mark: str, _job: Job) -> None:
    saved = settings.load(SETTINGS)
    done = [*saved.get("done", []), mark][-_REMEMBERED:]
    settings.save(SETTINGS, {**saved, "done": done})


class ScanOffer(QWidget):
    """Looks into the folder while it is in sight; the newest file is offered, and the next one after it."""

    offered = Signal(object)  # the Scan on offer, or None
    wanted = Signal(object)  # the Scan that the user wants on the record

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.scan: Scan | None = None
        self._failure = ""
        self.text = QLabel(wordWrap=True)
        self.text.setObjectName("hint")
        self.take = QPushButton(_(N_("Attach")))
        self.skip = QPushButton(_(N_("Not here")))
        self.skip.setToolTip(_(N_("Do not offer this file again")))
        self.choose = QPushButton(_(N_("Scanner folder …")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        for button in (self.take, self.skip, self.choose):
            row.addWidget(button)
        self._next = QTimer(self, interval=_LOOK_MS, singleShot=True)
        self._next.timeout.connect(self.look)
        self.take.clicked.connect(lambda: self.wanted.emit(self.scan))
        self.skip.clicked.connect(lambda: self.done(self.scan))
        self.choose.clicked.connect(self._choose)
        self._offer(None)

    def look(self) -> None:
        """Look into the folder now."""
        work = partial(_look, self._workspace.settings)
        self._workspace.tasks.run(work, self._show, owner=self, key="look", on_error=self._failed)

    def set_folder(self, folder: str) -> None:
        """Watch this folder from now on."""
        work = partial(_set_folder, self._workspace.settings, folder)
        self._workspace.tasks.run(work, lambda _none: self.look(), owner=self)

    def done(self, scan: Scan | None) -> None:
        """Do not offer a file again."""
        if scan is not None:
            self._offer(None)
            work = partial(_set_done, self._workspace.settings, scan.mark)
            self._workspace.tasks.run(work, lambda _none: self.look(), owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look."""
        super().showEvent(event)
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop looking."""
        self._next.stop()
        super().hideEvent(event)

    def _show(self, found: tuple[str, list[Scan]]) -> None:
        folder, scans = found
        self._failure = ""
        self.choose.setToolTip(folder or _(N_("Choose the folder where your scanner puts its files")))
        first = scans[0] if scans else None
        if first != self.scan:
            self._offer(first)
        if len(scans) > 1:
            self.text.setText(f"{self._named(scans[0])} ({_(N_('and {count} more'), count=len(scans) - 1)})")
        if self.isVisible() and folder:
            self._next.start()

    def _offer(self, scan: Scan | None) -> None:
        self.scan = scan
        self.text.setText("" if scan is None else self._named(scan))
        self.take.setVisible(scan is not None)
        self.skip.setVisible(scan is not None)
        self.offered.emit(scan)

    def _named(self, scan: Scan) -> str:
        return _(N_("From the scanner: {name}"), name=scan.path.name)

    def _failed(self, error: BaseException) -> None:
        """A share may be away for a while: say it here, once, and look again."""
        if str(error) != self._failure:
            self._failure = str(error)
            self._offer(None)
            self.text.setText(self._failure)
        if self.isVisible():
            self._next.start()

    def _choose(self) -> None:
        dialog = QFileDialog(self, _(N_("Scanner folder")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.set_folder)
        dialog.open()
