"""The bar above a ledger's table: the quick search, a chip for each filter, and the count of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.filters import Filter, Query, Sort, Within
from ui.ledger.filter_popup import FilterPopup
from ui.ledger.filter_words import in_words
from ui.ledger.flow import Flow
from ui.ledger.names import read_names
from ui.scanner import FINDS
from ui.theme import icon
from ui.workspace import Workspace

PAUSE_MS = 300  # after the last key, before the database is asked
_SEARCH_WIDTH = 240


class FilterBar(QWidget):
    """Holds the question that the user asks: search, filters, sorts. There is one filter for a field at most."""

    asked = Signal(object)  # Query

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._entity = entity
        self._query = Query()
        self._names: dict[str, dict[int, str]] = {}  # by field: names of the rows that its filter refers to
        self._chips: dict[str, _Chip] = {}
        self.search = _Search()
        self.add = QToolButton()
        self.add.setText(_(N_("Filter")))
        self.add.setIcon(icon("filter"))
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setMenu(self._menu())
        self.clear = QToolButton()
        self.clear.setText(_(N_("Clear all")))
        self.count = QLabel()
        self.count.setObjectName("count")
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._lay_out()
        self._pause.timeout.connect(self._search_now)
        self.search.textEdited.connect(lambda *_what: self._pause.start())
        self.search.textChanged.connect(lambda text: None if text else self._search_now())
        self.search.returnPressed.connect(self._search_now)
        self.clear.clicked.connect(self.clear_all)

    def query(self) -> Query:
        """The question."""
        return self._query

    def set_query(self, query: Query) -> None:
        """Show a question that was saved; the names of the rows that it refers to are looked up."""
        self._query = query
        self.search.setText(query.search)
        self._show_chips()
        for one in query.filters:
            if isinstance(one, Within):
                work = partial(read_names, self._workspace.office, self._entity.by_key[one.key], one.ids)
                self._workspace.tasks.run(work, partial(self._take_names, one.key), owner=self, key=one.key)

    def edit(self, key: str, at: QPoint | None = None) -> FilterPopup:
        """Open the window for the filter of a field, at a point of the screen or below its chip."""
        below = self._chips.get(key, self.add)
        field = self._entity.by_key[key]
        popup = FilterPopup(self._workspace, field, self._filter_of(key), self._names.get(key, {}), self)
        popup.applied.connect(partial(self._apply, key))
        popup.open_at(at or below.mapToGlobal(QPoint(0, below.height() + 2)))
        return popup

    def clear_all(self) -> None:
        """Ask for all rows."""
        self._pause.stop()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._ask(replace(self._query, filters=(), search=""))

    def sort_by(self, sorts: tuple[Sort, ...]) -> None:
        """Ask for the same rows in another order."""
        self._ask(replace(self._query, sorts=sorts))

    def show_count(self, text: str) -> None:
        """Say how many rows there are."""
        self.count.setText(text)

    def _lay_out(self) -> None:
        self._flow = Flow()
        self._flow.addWidget(self.search)
        self._flow.addWidget(self.add)
        self._flow.addWidget(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 10, 6)
        row.addLayout(self._flow, 1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        self.count.setMinimumHeight(self.search.sizeHint().height())
        self.clear.hide()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        group = ""
        for field in self._entity:
            if field.group != group:
                group = field.group
                menu.addSection(_(group))
            action = QAction(_(field.label), menu)
            action.triggered.connect(lambda _checked=False, key=field.key: self.edit(key))
            menu.addAction(action)
        return menu

    def _search_now(self) -> None:
        self._pause.stop()
        text = self.search.text().strip()
        if text != self._query.search:
            self._ask(replace(self._query, search=text))

    def _apply(self, key: str, made: Filter | None, names: Mapping[int, str]) -> None:
        self._names[key] = dict(names)
        kept = list(self._query.filters)
        place = next((at for at, one in enumerate(kept) if one.key == key), len(kept))
        kept[place : place + 1] = [] if made is None else [made]
        self._ask(replace(self._query, filters=tuple(kept)))

    def _ask(self, query: Query) -> None:
        if query != self._query:
            before, self._query = self._query, query
            if query.filters != before.filters:
                self._show_chips()
            self.asked.emit(query)

    def _take_names(self, key: str, names: dict[int, str]) -> None:
        self._names[key] = names
        self._show_chips()

    def _show_chips(self) -> None:
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for place, one in enumerate(self._query.filters):
            chip = _Chip(in_words(self._entity, one, self._names.get(one.key, {})), self)
            chip.clicked.connect(partial(self._edit_chip, one.key))
            chip.removed.connect(partial(self._apply, one.key, None, {}))
            self._flow.insert(2 + place, chip)
            self._chips[one.key] = chip
            chip.show()
        self.clear.setVisible(bool(self._query.filters))
        self.updateGeometry()

    def _edit_chip(self, key: str) -> None:
        self.edit(key)

    def _filter_of(self, key: str) -> Filter | None:
        return next((one for one in self._query.filters if one.key == key), None)


class _Search(QLineEdit):
    """The quick search; Esc empties it."""

    def __init__(self) -> None:
        super().__init__(clearButtonEnabled=True)
        self.setPlaceholderText(_(N_("Search: name, code, initials")))
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setFixedWidth(_SEARCH_WIDTH)
        self.setAccessibleName(_(N_("Quick search")))
        self.setProperty(FINDS, True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class _Chip(QWidget):
    """One filter: a click changes it, the cross takes it away."""

    clicked = Signal()
    removed = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QToolButton()
        self.text.setText(text)
        self.text.setObjectName("chip")
        self.text.clicked.connect(self.clicked)
        self.cross = QToolButton()
        self.cross.setIcon(icon("close"))
        self.cross.setObjectName("chipCross")
        self.cross.setToolTip(_(N_("Remove this filter")))
        self.cross.setAccessibleName(_(N_("Remove the filter {text}"), text=text))
        self.cross.clicked.connect(self.removed)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.text)
        row.addWidget(self.cross)
