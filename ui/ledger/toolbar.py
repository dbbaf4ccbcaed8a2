"""The commands of a ledger: as buttons, in the menu of the rows, and by their keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar, QWidget

from logistics_desktop.i18n import N_, _
from ui.theme import icon

if TYPE_CHECKING:
    from ui.ledger.screen import LedgerScreen

_ICON = QSize(16, 16)
_IN_TABLE = frozenset({"Del", "Ctrl+Del", "Ctrl+C", "Ctrl+Shift+C", "Ctrl+V"})


class Toolbar(QToolBar):
    """What one can do with the rows, the most frequent first."""

    def __init__(self, screen: LedgerScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self.setObjectName("ledgerTools")
        self.setIconSize(_ICON)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.new = self._add("add", _(N_("New")), lambda: screen.new_record(), "Ins", "Ctrl+N")
        self.open = self._add("edit", _(N_("Open")), lambda: screen.open_selected())
        self.delete = self._add("delete", _(N_("Delete")), lambda: screen.delete_selected(), "Ctrl+Del")
        self.change = self._add("change", _(N_("Change rows …")), lambda: screen.cells.change_rows(), "Ctrl+Shift+E")
        self.addSeparator()
        self.import_ = self._add("import", _(N_("Import …")), lambda: screen.import_workbook())
        self.export = self._add("export", _(N_("Export …")), lambda: screen.export())
        self.template = self._add("template", _(N_("Template …")), lambda: screen.export_template())
        self._space()
        self.columns = self._add("columns", _(N_("Columns")), lambda: screen.choose_columns())
        self.refresh = self._add("refresh", _(N_("Refresh")), lambda: screen.refresh(), "F5")
        self.copy = self._hidden(_(N_("Copy")), lambda: screen.copy_selected(), "Ctrl+C")
        self.copy_all = self._hidden(
            _(N_("Copy with headers")), lambda: screen.copy_selected(with_header=True), "Ctrl+Shift+C"
        )
        self.paste = self._hidden(_(N_("Paste")), lambda: screen.cells.paste(), "Ctrl+V")
        self.empty = self._hidden(_(N_("Clear cells, delete whole rows")), lambda: screen.clear_or_delete(), "Del")
        self.replace = self._hidden(_(N_("Find and replace …")), lambda: screen.cells.replace(), "Ctrl+H")
        self._hidden(_(N_("Search")), lambda: screen.focus_search(), "Ctrl+F")

    def fill_menu(self, menu: QMenu) -> None:
        """The commands for the selected rows."""
        some = self._screen.table.selected_count() > 0
        for action in self._for_selected():
            action.setEnabled(some)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.change)
        menu.addAction(self.replace)
        menu.addSeparator()
        menu.addAction(self.new)
        menu.addAction(self.export)
        menu.aboutToHide.connect(self._enable_all)

    def below_columns(self) -> QPoint:
        """The lower right corner of the button for columns, on the screen."""
        button = self.widgetForAction(self.columns)
        return button.mapToGlobal(QPoint(button.width(), button.height() + 2))

    def _add(self, picture: str, text: str, do: Callable[[], object], *keys: str) -> QAction:
        action = self.addAction(icon(picture), text)
        self._bind(action, do, keys)
        return action

    def _hidden(self, text: str, do: Callable[[], object], *keys: str) -> QAction:
        action = QAction(text, self)
        self._bind(action, do, keys)
        return action

    def _bind(self, action: QAction, do: Callable[[], object], keys: tuple[str, ...]) -> None:
        # These belong to the table alone: elsewhere they edit text, or could delete what is not looked at.
        in_table = any(key in _IN_TABLE for key in keys)
        owner = self._screen.table if in_table else self._screen
        owner.addAction(action)
        scope = Qt.ShortcutContext.WidgetShortcut if in_table else Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(scope)
        action.setShortcuts([QKeySequence(key) for key in keys])
        if keys:
            action.setToolTip(f"{action.text()} ({', '.join(keys)})")
        action.triggered.connect(lambda _checked=False: do())

    def _space(self) -> None:
        space = QWidget()
        space.setSizePolicy(space.sizePolicy().Policy.Expanding, space.sizePolicy().Policy.Preferred)
        self.addWidget(space)

    def _enable_all(self) -> None:
        for action in self._for_selected():
            action.setEnabled(True)

    def _for_selected(self) -> tuple[QAction, ...]:
        return self.open, self.copy, self.copy_all, self.paste, self.delete
