"""The commands of a ledger: as buttons, in the menu of the rows, and by their keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolBar, QWidget

from ui.actions import BY_KEY, Place, bind, make
from ui.ledger.column_commands import HEADING_COMMANDS
from ui.ledger.looks import COLUMN_COMMANDS

if TYPE_CHECKING:
    from ui.ledger.screen import LedgerScreen

_ICON = QSize(16, 16)


class Toolbar(QToolBar):
    """What one can do with the rows, the most frequent first."""

    def __init__(self, screen: LedgerScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self.extra: tuple[QAction, ...] = ()  # what the ledger of one module adds to the menu of the rows
        self.setObjectName("ledgerTools")
        self.setIconSize(_ICON)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.new = self._add("new", screen.new_record)
        self.open = self._add("open", screen.open_selected)
        self.delete = self._add("delete", screen.delete_selected)
        self.change = self._add("change_rows", screen.blocks.change_rows)
        self.addSeparator()
        self.import_ = self._add("import", screen.import_workbook)
        self.export = self._add("export", screen.export)
        self.template = self._add("template", screen.export_template)
        self.labels = self._add("labels", lambda: _open_labels(screen))
        self.print = self._add("print_list", screen.print_list)
        self._make("print", screen.print_here)
        self._space()
        self.columns = self._add("columns", screen.choose_columns)
        self.colours = self._add("colours", screen.choose_colours)
        self.refresh = self._add("refresh", screen.refresh)
        self.edit = self._make("edit_cell", screen.cells.start)
        self.fill = self._make("fill_down", screen.cells.fill_down)
        self.copy = self._make("copy", screen.copy_selected)
        self.copy_all = self._make("copy_with_headers", lambda: screen.copy_selected(with_header=True))
        self.paste = self._make("paste", screen.blocks.paste)
        self.replace = self._make("replace", screen.blocks.replace)
        self.duplicate = self._make("duplicate", screen.duplicate_selected)
        self.clear_cells = self._make("clear_cells", screen.clear_or_delete)
        self._make("search", screen.focus_search)
        self._make("views", lambda: screen.views.open_list())
        self._header = [self._make(key, partial(screen.column_commands.do, key)) for key in HEADING_COMMANDS]
        self._looks = {key: self._make(key, partial(screen.column_commands.do, key)) for key in COLUMN_COMMANDS}
        screen.workspace.rights.changed.connect(self.show_allowed)
        self.show_allowed()

    def show_allowed(self) -> None:
        """Leave out what the database would refuse; what is left out has no key either."""
        rights, entity = self._screen.workspace.rights.now, self._screen.entity
        writes = rights.writes(entity.table) and not entity.read_only
        removes = rights.removes(entity.table) and not entity.read_only
        for action in (self.new, self.change, self.edit, self.fill, self.paste, self.replace, self.duplicate):
            action.setVisible(writes)
        self.import_.setVisible(writes and rights.may("import"))
        self.delete.setVisible(removes)
        for action in (self.template, self.labels):
            action.setVisible(not entity.read_only)
        self.clear_cells.setVisible(writes or removes)

    def fill_menu(self, menu: QMenu) -> None:
        """The commands for the selected rows."""
        some = self._screen.table.selected_count() > 0
        for action in self._for_rows():
            action.setEnabled(some)
            menu.addAction(action)
        if self.extra:
            menu.addSeparator()
            menu.addActions(self.extra)
        menu.addSeparator()
        menu.addAction(self.change)
        menu.addAction(self.replace)
        menu.addSeparator()
        menu.addAction(self.new)
        menu.addAction(self.export)
        menu.addAction(self.labels)
        menu.aboutToHide.connect(self._enable_all)

    def fill_header_menu(self, menu: QMenu, looks: Sequence[str]) -> None:
        """The commands for the current column, with those of `COLUMN_COMMANDS` that have a meaning there."""
        menu.addActions(self._header)
        menu.addAction(self.columns)
        menu.addSeparator()
        menu.addActions([self._looks[key] for key in looks])

    def below_columns(self) -> QPoint:
        """The lower right corner of the button for columns, on the screen."""
        button = self.widgetForAction(self.columns)
        return button.mapToGlobal(QPoint(button.width(), button.height() + 2))

    def _for_rows(self) -> tuple[QAction, ...]:
        return (self.open, self.duplicate, self.edit, self.fill, self.copy, self.copy_all, self.paste, self.delete)

    def _add(self, key: str, do: Callable[[], object]) -> QAction:
        action = self._make(key, do)
        self.addAction(action)
        return action

    def _make(self, key: str, do: Callable[[], object]) -> QAction:
        # Del and Ctrl+C belong to the table alone: elsewhere they edit text, or could delete what is not looked at.
        in_table = BY_KEY[key].place is Place.TABLE
        return bind(make(key, self, do), self._screen.table if in_table else self._screen, inside=not in_table)

    def _space(self) -> None:
        space = QWidget()
        space.setSizePolicy(space.sizePolicy().Policy.Expanding, space.sizePolicy().Policy.Preferred)
        self.addWidget(space)

    def _enable_all(self) -> None:
        for action in self._for_rows():
            action.setEnabled(True)


def _open_labels(screen: LedgerScreen) -> None:
    from ui.labels.opening import open_labels

    open_labels(screen)
