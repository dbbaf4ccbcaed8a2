"""What the screen of depreciation says where there is no book yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from ui.theme import icon


class NoBooks(QWidget):
    """Says what a book is and makes the first."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said = QLabel(_(N_("No book yet")), alignment=Qt.AlignmentFlag.AlignCenter)
        said.setObjectName("pageTitle")
        hint = QLabel(
            _(
                N_(
                    "A book follows one accounting standard from its first month on. Methods, lives and residual "
                    "values come from the classes and the cards of the assets."
                )
            ),
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        hint.setObjectName("hint")
        self.add = QPushButton(icon("add"), _(N_("Make the first book")))
        self.add.clicked.connect(self.wanted)
        button = QHBoxLayout()
        button.addStretch()
        button.addWidget(self.add)
        button.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(said)
        column.addWidget(hint)
        column.addLayout(button)
        column.addStretch(3)
