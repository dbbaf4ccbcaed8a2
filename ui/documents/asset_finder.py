"""The field that puts an asset on a document: found by code, name or initials, or by a scan into it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from logistics_desktop.i18n import N_, _
from ui.documents import work
from ui.scanner import FINDS
from ui.workspace import Workspace

_PAUSE_MS = 150
_ID = int(Qt.ItemDataRole.UserRole)


class AssetFinder(QLineEdit):
    """Tells of each asset that is chosen and is empty again for the next one."""

    found = Signal(int)

    def __init__(self, workspace: Workspace, kind: str) -> None:
        super().__init__()
        self._workspace = workspace
        self._kind = kind
        self.setProperty(FINDS, True)
        self.setPlaceholderText(_(N_("Add an asset: code, name, or scan its label")))
        self.setClearButtonEnabled(True)
        self._hits = QStandardItemModel(self)
        completer = QCompleter(self._hits, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # By the index, since two assets may have one name; the stub of PySide knows no overloads.
        completer.activated[QModelIndex].connect(lambda index: self._take(index.data(_ID)))  # type: ignore[index]
        self.setCompleter(completer)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(lambda: self._ask(alone=False))
        self.textEdited.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(lambda: self._ask(alone=True))

    def _ask(self, *, alone: bool) -> None:
        text = self.text().strip()
        if text:
            asked = partial(work.suggest, self._workspace.office, self._kind, text)
            self._workspace.tasks.run(asked, partial(self._show, text, alone), owner=self, key="suggest")

    def _show(self, text: str, alone: bool, hits: list[tuple[int, str]]) -> None:
        if self.text().strip() != text:
            return
        if alone and len(hits) == 1:
            self._take(hits[0][0])
            return
        self._hits.clear()
        for number, title in hits:
            item = QStandardItem(title)
            item.setData(number, _ID)
            self._hits.appendRow(item)
        completer = self.completer()
        if self.hasFocus() and completer is not None:
            completer.complete()

    def _take(self, asset: int) -> None:
        self._pause.stop()
        # The completer writes its text after this, so the field is emptied after that.
        QTimer.singleShot(0, self, self.clear)
        self.found.emit(asset)
