"""What one does with a single column: sort, filter, group, hide, pin; by its keys or the menu of its heading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QMenu

from logistics_desktop.ledger.filters import Sort
from ui.ledger.filter_bar import FilterBar
from ui.ledger.looks import Looks
from ui.ledger.table import LedgerTable
from ui.ledger.view import Column

HEADING_COMMANDS = ("sort_up", "sort_down", "then_sort", "filter_column", "hide_column")
"""Keys of `ui.actions` that have a meaning for every column; `COLUMN_COMMANDS` of the looks have one for some."""


class ColumnCommands:
    """The commands for the column that the keyboard is on. `arrange` is called with the columns that stay."""

    def __init__(
        self,
        table: LedgerTable,
        filters: FilterBar,
        looks: Looks,
        arrange: Callable[[tuple[Column, ...]], object],
    ) -> None:
        self._table = table
        self._entity = table.rows.entity
        self._filters = filters
        self._looks = looks
        self._arrange = arrange

    def do(self, command: str) -> None:
        """Carry out one of the commands."""
        index = self._table.currentIndex()
        if not index.isValid():
            return
        key = self._entity.fields[index.column()].key
        others = tuple(sort for sort in self._filters.query().sorts if sort.key != key)
        match command:
            case "sort_up":
                self._filters.sort_by((Sort(key),))
            case "sort_down":
                self._filters.sort_by((Sort(key, descending=True),))
            case "then_sort":
                self._filters.sort_by((*others, Sort(key)))
            case "filter_column":
                self._filters.edit(key, self._table.below_header(index.column()))
            case "hide_column":
                self.hide(key)
            case _:
                self._looks.do(command, key)

    def hide(self, key: str) -> None:
        """Hide a column; the last one stays."""
        columns = tuple(replace(c, shown=c.shown and c.key != key) for c in self._table.columns())
        if any(column.shown for column in columns):
            self._arrange(columns)

    def show_menu(self, key: str, at: QPoint, fill: Callable[[QMenu, tuple[str, ...]], None]) -> None:
        """Make a column the current one and show the menu that `fill` fills for it."""
        column = [field.key for field in self._entity].index(key)
        rows = self._table.rows
        current = rows.index(max(self._table.currentIndex().row(), 0), column)
        self._table.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(menu, self._looks.commands(key))
        menu.popup(at)
