"""The window below a chip, in which its filter is made or changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.ledger.filters import Blank, Filter
from ui.ledger.filter_editors import ReferenceFilter, filter_editor
from ui.ledger.popup import Popup
from ui.workspace import Workspace

_SMALL, _LARGE = (300, 170), (320, 400)
_HOLDS, _EMPTY, _FILLED = 0, 1, 2


class FilterPopup(Popup):
    """Filters by one field: what it holds, or whether it holds anything. Enter applies, Esc leaves all as it was."""

    applied = Signal(object, object)  # Filter or None, names of the rows it refers to

    def __init__(
        self, workspace: Workspace, field: Field, before: Filter | None, names: Mapping[int, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._key = field.key
        self.editor = filter_editor(workspace, field, before, names)
        self.how = QComboBox()
        self.how.addItems([_(N_("Holds")), _(N_("Is empty")), _(N_("Is filled"))])
        if isinstance(before, Blank):
            self.how.setCurrentIndex(_EMPTY if before.empty else _FILLED)
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("bad")
        self.wrong.hide()
        self.apply = QPushButton(_(N_("Filter")), default=True)
        self.remove = QPushButton(_(N_("Remove")), autoDefault=False)
        self.remove.setVisible(before is not None)
        self._lay_out(field)
        self.how.currentIndexChanged.connect(self._show_editor)
        self.apply.clicked.connect(self._apply)
        self.remove.clicked.connect(self._remove)
        self._show_editor()
        large = field.kind in (Kind.REFERENCE, Kind.CHOICE)
        self.resize(*(_LARGE if large else _SMALL))

    def open_at(self, at: QPoint) -> None:
        """Show it with its upper left corner at a point of the screen."""
        self.open_over(at)
        self.editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter applies."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._apply()
            return
        super().keyPressEvent(event)

    def _lay_out(self, field: Field) -> None:
        title = QLabel(_(field.label))
        title.setObjectName("groupTitle")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.how)
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch()
        foot.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.addLayout(head)
        column.addWidget(self.editor, 1)
        column.addStretch()
        column.addWidget(self.wrong)
        column.addLayout(foot)

    def _show_editor(self) -> None:
        self.editor.setVisible(self.how.currentIndex() == _HOLDS)

    def _apply(self) -> None:
        try:
            made = self._filter()
        except UserError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        names = self.editor.names() if isinstance(self.editor, ReferenceFilter) else {}
        self.close()
        self.applied.emit(made, names)

    def _remove(self) -> None:
        self.close()
        self.applied.emit(None, {})

    def _filter(self) -> Filter | None:
        how = self.how.currentIndex()
        return self.editor.filter() if how == _HOLDS else Blank(self._key, empty=how == _EMPTY)
