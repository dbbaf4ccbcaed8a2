"""Which book and which year are on show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.entities import STANDARDS
from logistics_desktop.i18n import N_, _

_COMBO_WIDTH = 220


class BookBar(QFrame):
    """The chooser of the book, what is true of it, and the way from year to year."""

    book_chosen = Signal(object)  # BookLine
    year_wanted = Signal(int)  # years to go on

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.books: Sequence[BookLine] = ()
        self.combo = QComboBox()
        self.combo.setMinimumWidth(_COMBO_WIDTH)
        self.combo.setAccessibleName(_(N_("Book")))
        self.about = QLabel()
        self.about.setObjectName("hint")
        self.year = QLabel()
        self.year.setObjectName("recordTitle")
        self.back, self.on = (
            QToolButton(arrowType=arrow) for arrow in (Qt.ArrowType.LeftArrow, Qt.ArrowType.RightArrow)
        )
        self.back.setAccessibleName(_(N_("The year before")))
        self.on.setAccessibleName(_(N_("The year after")))
        self.back.clicked.connect(partial(self.year_wanted.emit, -1))
        self.on.clicked.connect(partial(self.year_wanted.emit, 1))
        self.combo.activated.connect(lambda at: self.book_chosen.emit(self.books[at]))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.addWidget(self.combo)
        row.addWidget(self.about, 1)
        row.addWidget(self.back)
        row.addWidget(self.year)
        row.addWidget(self.on)
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            row.addWidget(button)

    def show_books(self, books: Sequence[BookLine], chosen: BookLine | None) -> None:
        """List the books, one of them chosen."""
        self.books = books
        self.combo.clear()
        for book in books:
            self.combo.addItem(f"{book.code} {book.name}")
        self.combo.setVisible(bool(books))
        if chosen is not None:
            self.combo.setCurrentIndex([book.id for book in books].index(chosen.id))
            text = N_("{standard} · {currency} · from {first} · open: {open}")
            standard = _(STANDARDS[chosen.standard].label)
            first, open_ = chosen.first_month, chosen.open_month
            self.about.setText(_(text, standard=standard, currency=chosen.currency, first=first, open=open_))

    def show_year(self, year: int, first: int) -> None:
        """Show the year; there is none before that of the first month."""
        self.year.setText(str(year))
        self.back.setEnabled(year > first)
