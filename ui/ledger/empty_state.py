"""What an empty table says, so that the user knows what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from ui.theme import icon


class EmptyState(QWidget):
    """Either the ledger has no rows yet, or the search and the filters find none."""

    import_wanted = Signal()
    add_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity = entity
        text = N_("Import the workbook that you keep today, by the button or by dropping it here, or add rows.")
        self.nothing = "" if entity.read_only else _(text)
        self._may_add = self._may_import = True
        self.said = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.said.setObjectName("pageTitle")
        self.hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.hint.setObjectName("hint")
        self.import_ = QPushButton(icon("import"), _(N_("Import a workbook …")))
        self.add = QPushButton(icon("add"), _(N_("Add the first")))
        self.clear = QPushButton(_(N_("Clear search and filters")))
        self.import_.clicked.connect(self.import_wanted)
        self.add.clicked.connect(self.add_wanted)
        self.clear.clicked.connect(self.clear_wanted)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.import_, self.add, self.clear):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self.said)
        column.addWidget(self.hint)
        column.addLayout(buttons)
        column.addStretch(3)

    def allow(self, *, add: bool, import_: bool) -> None:
        """Offer only what the user may do."""
        self._may_add, self._may_import = add, import_

    def tell(self, *, narrowed: bool) -> None:
        """Say why there are no rows: `narrowed` by search and filters, or none exist."""
        if narrowed:
            self.said.setText(_(N_("Nothing found")))
            self.hint.setText(_(N_("No row matches the search and the filters.")))
        else:
            self.said.setText(_(N_("{ledger}: nothing here yet"), ledger=_(self._entity.label)))
            self.hint.setText(self.nothing)
        self.clear.setVisible(narrowed)
        self.import_.setVisible(self._may_import and not narrowed)
        self.add.setVisible(self._may_add and not narrowed)
