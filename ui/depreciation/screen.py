"""The screen of depreciation: a book, its months, their charges, what lies ahead, and what the book says of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import N_, _
from ui.actions import bind, make
from ui.depreciation import work
from ui.depreciation.board import BoardPage
from ui.depreciation.book_bar import BookBar
from ui.depreciation.books_page import BooksPage
from ui.depreciation.change_dialog import ChangeDialog
from ui.depreciation.endings_page import EndingsPage
from ui.depreciation.forecast_page import ForecastPage
from ui.depreciation.month_page import MonthPage
from ui.depreciation.no_books import NoBooks
from ui.depreciation.place import Place
from ui.depreciation.schedule_dialog import ScheduleDialog
from ui.depreciation.terms_dialog import TermsDialog
from ui.depreciation.why_popup import explain
from ui.ledger.screen import LedgerScreen
from ui.workspace import Workspace

SETTINGS = "depreciation"  # the book that was on show last, for each user and each database
_GATHER_MS = 250
_TABLES = {"book", "depreciation_period"}


class DepreciationScreen(QWidget):
    """Everything is about the book of the bar and the month that is chosen on the board."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.books: Sequence[BookLine] = ()
        self.place: Place | None = None
        self._whose = f"{workspace.office.user}@{workspace.office.database}"
        self._wanted: Callable[[], object] | None = None
        self.new_book = bind(make("new_book", self, self.make_book), self, inside=True)
        self.edit_books = bind(make("edit_books", self, self.show_books), self, inside=True)
        self.bar = BookBar((self.new_book, self.edit_books))
        self.board = BoardPage(workspace, self)
        self.month = MonthPage(workspace)
        self.forecast = ForecastPage(workspace)
        self.endings = EndingsPage(workspace)
        self.own = BooksPage(workspace)
        bind(make("readings", self, lambda: self.open_ledger("meter-readings")), self, inside=True)
        self.pages = QTabWidget(documentMode=True)
        for page, title in (
            (self.board, N_("Months")),
            (self.month, N_("Charges")),
            (self.forecast, N_("Forecast")),
            (self.endings, N_("End of life")),
            (self.own, N_("Terms and readings")),
        ):
            self.pages.addTab(page, _(title))
        self.none = NoBooks()
        self._news = QTimer(self, interval=_GATHER_MS, singleShot=True)
        self._news.timeout.connect(self.read)
        self._lay_out()
        self._connect()
        self.read()

    def read(self) -> None:
        """Read the books again, and what is on show of the one that is chosen."""
        self.workspace.tasks.run(partial(work.books, self.workspace.office), self._take_books, owner=self, key="books")

    def choose_book(self, book: BookLine) -> None:
        """Show another book, at its first open month."""
        self._remember(book)
        self._go(Place(book, book.open_month))

    def choose_month(self, month: Month) -> None:
        """Show another month of the book."""
        if self.place is not None:
            self._go(Place(self.place.book, max(month, self.place.book.first_month)))

    def show_month(self, month: Month) -> None:
        """Show the charges of a month."""
        self.choose_month(month)
        self.pages.setCurrentWidget(self.month)

    def show_why(self, asset: int, month: Month | None = None) -> None:
        """Explain the charge of an asset, in the month on show unless another is named."""
        if self.place is not None:
            at = month or self.place.month
            explain(self.workspace, self.place.book, asset, at, _top(self))

    def show_schedule(self, asset: int) -> None:
        """Show the months of an asset, once the books are read."""
        self._when_ready(lambda: self._open_schedule(asset))

    def show_change(self, asset: int) -> QDialog | None:
        """Show what a change of value would do, and store it."""
        if self.place is None:
            return None
        dialog = ChangeDialog(self.workspace, self.place.book, asset, _top(self))
        dialog.accepted.connect(partial(self._changed, dialog.parentWidget()))
        dialog.open()
        return dialog

    def show_terms(self, asset: int) -> QDialog | None:
        """Show what the book says of an asset, and let it say something else."""
        if self.place is None:
            return None
        dialog = TermsDialog(self.workspace, self.place.book, asset, _top(self))
        dialog.accepted.connect(partial(self._changed, dialog.parentWidget()))
        dialog.open()
        return dialog

    def open_ledger(self, key: str) -> LedgerScreen:
        """Bring one of the ledgers of the book to the front, and give it."""
        self.stack.setCurrentWidget(self.pages)
        self.pages.setCurrentWidget(self.own)
        return self.own.open(key)

    def make_book(self) -> None:
        """Begin a new book in the ledger of books."""
        screen = self.show_books()
        if screen is not None:
            screen.new_record()

    def show_books(self) -> LedgerScreen | None:
        """Open the ledger of books."""
        screen = self.workspace.open_module("books")
        return screen if isinstance(screen, LedgerScreen) else None

    def close_request(self) -> bool:
        """Whether the tab may close."""
        return self.month.close_request() and self.own.close_request()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.pages)
        self.stack.addWidget(self.none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.bar.book_chosen.connect(self.choose_book)
        self.bar.year_wanted.connect(self._go_years)
        self.none.wanted.connect(self.make_book)
        self.pages.currentChanged.connect(lambda _at: self._show_page())
        self.board.moved.connect(self.choose_month)
        self.board.month_wanted.connect(self.show_month)
        self.board.why_wanted.connect(self.show_why)
        self.board.card_wanted.connect(self._open_card)
        self.board.changed.connect(self.read)
        self.month.moved.connect(self.choose_month)
        self.month.why_wanted.connect(self.show_why)
        self.month.schedule_wanted.connect(self.show_schedule)
        self.month.change_wanted.connect(self.show_change)
        self.month.terms_wanted.connect(self.show_terms)
        self.endings.schedule_wanted.connect(self.show_schedule)
        self.workspace.changes.changed.connect(self._hear)

    def _take_books(self, books: Sequence[BookLine]) -> None:
        self.books = books
        has_something = bool(books) or self.pages.currentWidget() is self.own
        self.stack.setCurrentWidget(self.pages if has_something else self.none)
        if not books:
            self.place = None
            self.bar.show_books((), None)
            return
        before = self.place
        left = self.workspace.settings.load(SETTINGS).get(self._whose) if before is None else before.book.id
        book = next((one for one in books if one.id == left), books[0])
        # The month stays, unless the open one was on show and has just been closed.
        month = before.month if before is not None and before.book.id == book.id else book.open_month
        self._go(Place(book, month))
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()

    def _go(self, place: Place) -> None:
        self.place = place
        self.bar.show_books(self.books, place.book)
        self.bar.show_year(place.month.year, place.book.first_month.year)
        self._show_page()

    def _go_years(self, years: int) -> None:
        if self.place is not None:
            self.choose_month(self.place.month + 12 * years)

    def _show_page(self) -> None:
        page = self.pages.currentWidget()
        if self.place is not None and isinstance(page, BoardPage | MonthPage | ForecastPage | EndingsPage | BooksPage):
            page.show_place(self.place)

    def _when_ready(self, do: Callable[[], object]) -> None:
        if self.place is None:
            self._wanted = do
            self.read()
        else:
            do()

    def _open_schedule(self, asset: int) -> None:
        assert self.place is not None
        dialog = ScheduleDialog(self.workspace, self.place.book, asset, self)
        dialog.change_wanted.connect(self.show_change)
        dialog.terms_wanted.connect(self.show_terms)
        dialog.open()

    def _open_card(self, asset: int) -> None:
        screen = self.workspace.open_module("assets")
        if isinstance(screen, LedgerScreen):
            screen.open_record(asset)

    def _changed(self, dialog: QWidget | None) -> None:
        """Something of an asset was changed: the schedule that it was done from shows it."""
        if isinstance(dialog, ScheduleDialog):
            dialog.read()

    def _remember(self, book: BookLine) -> None:
        settings = self.workspace.settings
        settings.save(SETTINGS, {**settings.load(SETTINGS), self._whose: book.id})

    def _hear(self, tables: frozenset[str]) -> None:
        if not tables or tables & _TABLES:
            self._news.start()


def _top(screen: QWidget) -> QWidget:
    """The dialog of the screen that is on top, or the screen."""
    return next((dialog for dialog in reversed(screen.findChildren(QDialog)) if dialog.isVisible()), screen)
