"""What a book says of its own: its ledgers, one beside the other, narrowed to the book."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.terms_entities import BOOK_CLASSES, TERMS
from logistics_desktop.i18n import _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.filters import Query, Within
from ui.depreciation.class_effect import ClassEffects
from ui.depreciation.place import Place
from ui.ledger.screen import LedgerScreen
from ui.workspace import Workspace

_BOOK = "book_id"


class BooksPage(QWidget):
    """Each ledger is built when its tab is first looked at."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.place: Place | None = None
        self.tabs = QTabWidget(documentMode=True)
        self._built: dict[str, LedgerScreen] = {}
        self._narrowed: dict[str, int] = {}
        for entity in TERMS:
            self.tabs.addTab(_Room(), _(entity.label))
        self.tabs.currentChanged.connect(lambda _at: self._show())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)

    def show_place(self, place: Place) -> None:
        """Show what a book says."""
        self.place = place
        self._show()

    def open(self, key: str) -> LedgerScreen:
        """Bring one of the ledgers to the front."""
        self.tabs.setCurrentIndex([entity.key for entity in TERMS].index(key))
        self._show()
        return self._built[key]

    def close_request(self) -> bool:
        """Whether nothing is unsaved in any of them."""
        return all(screen.close_request() for screen in self._built.values())

    def _show(self) -> None:
        entity = TERMS[self.tabs.currentIndex()]
        if entity.key not in self._built:
            self._built[entity.key] = self._build(entity)
        if self.place is not None and _BOOK in entity.by_key:
            self._narrow(entity, self._built[entity.key], self.place.book)

    def _narrow(self, entity: Entity, screen: LedgerScreen, book: BookLine) -> None:
        """Show the rows of a book, and begin new ones for it."""
        screen.panel.usual = {_BOOK: Reference(book.id, book.name)}
        if self._narrowed.get(entity.key) != book.id:
            self._narrowed[entity.key] = book.id
            screen.show_query(Query((Within(_BOOK, (book.id,)),)))

    def _build(self, entity: Entity) -> LedgerScreen:
        screen = LedgerScreen(self.workspace, entity)
        if entity is BOOK_CLASSES:
            ClassEffects(self.workspace, screen.panel, screen, of_book=True)
        room = self.tabs.currentWidget()
        assert isinstance(room, _Room)
        room.column.addWidget(screen)
        return screen


class _Room(QWidget):
    """The place of a ledger until it is built."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
