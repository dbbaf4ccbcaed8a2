"""What a sheet does not say in a column of its own: which edition it is, and which row lies in which."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.planned import Parents
from ui.ledger.importing.course import Course


class TreePanel(QWidget):
    """A line for the first fields of the key that no column fills, and a choice of what makes the tree."""

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        entity = course.entity
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.given = {column.key: QLineEdit() for column in entity.match[:-1]}
        self._labels: dict[str, QLabel] = {}
        for key, line in self.given.items():
            label = QLabel(_(N_("{field} of all rows"), field=_(entity.by_key[key].label)))
            label.setBuddy(line)
            self._labels[key] = label
            line.setPlaceholderText(str(entity.made_with.get(key, "")))
            line.editingFinished.connect(lambda key=key, line=line: self._give(key, line.text().strip()))
            row.addWidget(label)
            row.addWidget(line)
        self.parents = QComboBox()
        if entity.parent is not None:
            label = QLabel(_(N_("What lies in what")))
            label.setBuddy(self.parents)
            for way in Parents:
                self.parents.addItem(_(way.value), way)
            self.parents.activated.connect(lambda _at: self._course.choose_parents(self.parents.currentData()))
            row.addWidget(label)
            row.addWidget(self.parents)
        row.addStretch(1)
        self.setVisible(bool(self.given) or entity.parent is not None)

    def refresh(self) -> None:
        """Show what was decided; a field that a column fills needs nothing here."""
        checked, options = self._course.checked, self._course.options
        mapped = {} if checked is None else {key: at for at, key in checked.plan.header.fields.items()}
        for key, line in self.given.items():
            own = key in mapped and key not in options.given
            line.setVisible(not own)
            self._labels[key].setVisible(not own)
            if not line.hasFocus():
                line.setText(options.given.get(key, ""))
        self.parents.setCurrentIndex(self.parents.findData(options.parents))

    def _give(self, key: str, text: str) -> None:
        if text != self._course.options.given.get(key, ""):
            self._course.give(key, text)
