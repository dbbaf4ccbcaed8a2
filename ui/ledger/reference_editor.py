"""The editor of a field that points to another ledger: search as you type, or choose from the tree."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import references
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Reference
from ui.ledger.editors import mark
from ui.ledger.reference_list import suggest
from ui.ledger.reference_popup import ReferencePopup
from ui.theme import icon
from ui.workspace import Workspace

_PAUSE_MS = 150
_ID = int(Qt.ItemDataRole.UserRole)


class ReferenceEditor(QLineEdit):
    """A row of `target`, found by code, name or pinyin initials; F4 or Alt+Down shows them all."""

    changed = Signal()
    left = Signal()

    def __init__(self, workspace: Workspace, target: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._target = target
        self._chosen: Reference | None = None
        self.setPlaceholderText(_(N_("Name or code")))
        self._found = QStandardItemModel(self)
        completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(12)
        # By the index, since two people may have one name; the stub of PySide knows no overloads.
        completer.activated[QModelIndex].connect(self._take_found)  # type: ignore[index]
        self._completer = completer
        self.setCompleter(completer)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._search)
        action = QAction(icon("tree" if target.parent else "list"), _(N_("Choose")), self)
        action.triggered.connect(self.open_all)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._leave)

    def value(self) -> int | None:
        """The id of the row; raises UserError where the text names none."""
        if self._chosen is not None and self.text() == self._chosen.title:
            return self._chosen.id
        if not self.text().strip():
            return None
        raise UserError(
            N_("“{text}” is not in “{ledger}”. Choose from the list, or add it there first."),
            text=self.text().strip(),
            ledger=_(self._target.label),
        )

    @property
    def chosen(self) -> Reference | None:
        """The row that was chosen last, whatever was typed since."""
        return self._chosen

    def set_value(self, value: Any) -> None:
        """Show a Reference, or nothing."""
        self._chosen = value
        self.setText(value.title if value is not None else "")
        self.setCursorPosition(0)
        self.setToolTip(self.text())

    def set_wrong(self, wrong: bool) -> None:
        """Mark the editor."""
        mark(self, wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the whole list by its keys."""
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if down or event.key() == Qt.Key.Key_F4:
            self.open_all()
            return
        super().keyPressEvent(event)

    def open_all(self) -> None:
        """Show everything there is to choose from, below the field."""
        popup = ReferencePopup(self._workspace, self._target, self)
        popup.chosen.connect(self._take)
        popup.open_at(self.mapToGlobal(QPoint(0, self.height())), self.width())

    def _typed(self) -> None:
        self.changed.emit()
        self._pause.start()

    def _search(self) -> None:
        work = partial(suggest, self._workspace.office, self._target, self.text().strip())
        self._workspace.tasks.run(work, self._show_found, owner=self, key="suggest")

    def _show_found(self, found: list[Reference]) -> None:
        if not self.hasFocus():
            return
        self._found.clear()
        for each in found:
            item = QStandardItem(each.title)
            item.setData(each, _ID)
            self._found.appendRow(item)
        self._completer.complete()

    def _take_found(self, index: QModelIndex) -> None:
        self._take(index.data(_ID))

    def _take(self, reference: Reference) -> None:
        self._pause.stop()
        self.set_value(reference)
        self.changed.emit()
        self.left.emit()

    def _leave(self) -> None:
        """Take what was typed in full, or can only mean one row, without making the user point at it."""
        text = self.text().strip()
        if not text or (self._chosen is not None and text == self._chosen.title):
            self.left.emit()
            return
        popup = self._completer.popup()
        if popup is not None and popup.isVisible():
            return
        self._pause.stop()
        work = partial(suggest, self._workspace.office, self._target, text)
        self._workspace.tasks.run(work, partial(self._take_only, text), owner=self, key="suggest")

    def _take_only(self, text: str, found: list[Reference]) -> None:
        if self.text().strip() != text:
            return
        exact = [each for each in found if text in (each.title, each.title.rpartition(references.BETWEEN)[2])]
        if len(exact or found) == 1:
            self._take((exact or found)[0])
        else:
            self.left.emit()
