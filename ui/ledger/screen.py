"""The screen of a ledger: bar, table, sums, and the record beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.groups import in_group_order
from logistics_desktop.ledger.rows import Totals
from logistics_desktop.ledgers import LEDGERS
from ui.ledger.cell_actions import CellActions
from ui.ledger.cell_editing import CellEditing
from ui.ledger.column_commands import ColumnCommands
from ui.ledger.columns_popup import ColumnsPopup
from ui.ledger.deleting import Deleter
from ui.ledger.drafts_left import DraftsLeft
from ui.ledger.dropped import dropped_workbook
from ui.ledger.empty_state import EmptyState
from ui.ledger.exporting import Exporter
from ui.ledger.filter_bar import FilterBar
from ui.ledger.looks import Looks
from ui.ledger.model import LedgerModel
from ui.ledger.panel import RecordPanel
from ui.ledger.presence import Editors
from ui.ledger.quick_totals import QuickTotals
from ui.ledger.saved_views import LeftView
from ui.ledger.stepping import Steps
from ui.ledger.table import LedgerTable
from ui.ledger.toolbar import Toolbar
from ui.ledger.totals_bar import TotalsBar
from ui.ledger.view import Column, View, first_view
from ui.ledger.view_box import ViewBox
from ui.notices import Tone
from ui.workspace import Workspace

_GATHER_MS = 250  # news come in bursts
_FOLLOW_MS = 150  # while an arrow key is held down, only the row where it rests is opened


class LedgerScreen(QWidget):
    """Everything that one does with a ledger, made from its description."""

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.entity = entity
        self.filters = FilterBar(workspace, entity)
        self.model = LedgerModel(workspace, entity, self)
        self.table = LedgerTable(self.model)
        self.totals = TotalsBar(self.table)
        self.empty = EmptyState(entity)
        self.panel = RecordPanel(workspace, entity)
        self.walk = Steps(self.table, self.panel)
        self.panel.add_to_head(self.walk)
        self.editors = Editors(workspace, entity, self)
        self.drafts = DraftsLeft(workspace, entity)
        self.cells = CellEditing(workspace, self.table)
        self.blocks = CellActions(workspace, entity, self.table, self)
        self.looks = Looks(workspace, self.table, self.filters, lambda: self._ask(self.filters.query()), self._arrange)
        self.column_commands = ColumnCommands(self.table, self.filters, self.looks, self._arrange)
        self.toolbar = Toolbar(self)
        self._left = LeftView(workspace, entity, self)
        workspace.rights.changed.connect(self._show_allowed)
        self._show_allowed()
        self._exporter = Exporter(workspace, entity, self)
        self._quick_totals = QuickTotals(workspace, self.table)
        self._deleter = Deleter(workspace, entity, self.table, self.refresh)
        self._stale = False
        self._count = 0
        # A reference is shown by its name, so the tables that the ledger points to matter as well.
        targets = {LEDGERS.target(field).table for field in entity if field.target is not None}
        self._tables = {entity.table, *targets}
        self._news = _timer(self, _GATHER_MS, self.refresh)
        self._follow = _timer(self, _FOLLOW_MS, self._open_current)
        self._lay_out()
        self._connect()
        left = self._left.load()
        self._panel_width = (left or first_view(entity)).panel_width
        self.table.arrange((left or first_view(entity)).columns)
        self.views = ViewBox(self)
        self.filters.put_first(self.views)
        self.table.columns_changed.connect(self.remember)
        self.views.begin(left)

    def show_view(self, view: View) -> None:
        """Look at the ledger in another way."""
        self.views.begun = True
        self._panel_width = view.panel_width
        self.table.arrange(view.columns)
        self.looks.show(view.groups, view.rules)
        self.show_query(view.query)

    def view(self) -> View:
        """How the ledger is looked at."""
        looks = self.looks
        return View(
            self.table.columns(),
            self.filters.query(),
            self._panel_width,
            looks.groups,
            looks.rules,
            self.views.named,
        )

    def remember(self) -> None:
        """Keep how the ledger is looked at for the next time."""
        if self.views.begun:
            self._left.save_soon(self.view)
            self.views.compare()

    def show_query(self, query: Query) -> None:
        """Show what a question finds that is not asked in the bar, as a chart does that leads here."""
        self.views.begun = True
        self.filters.set_query(query)
        self._ask(query)

    def open_record(self, record: int) -> None:
        """Show a record beside the table."""
        self.panel.open(record)

    def new_record(self) -> None:
        """Begin a new record beside the table."""
        self.panel.start_new()

    def open_selected(self) -> None:
        """Show the record that the keyboard is on."""
        record = self.table.current_id()
        if record is not None:
            self.panel.open(record)

    def duplicate_selected(self) -> None:
        """Begin a new record after the one on show, or else the one that the keyboard is on."""
        shown = self.panel.record if self.panel.isVisible() else None
        record = shown.id if shown else self.table.current_id()
        if record is not None:
            self.panel.duplicate(record)

    def delete_selected(self) -> None:
        """Ask whether the selected rows are to go."""
        self._deleter.ask()

    def copy_selected(self, *, with_header: bool = False) -> None:
        """Put the selected cells on the clipboard."""
        self.blocks.copy(with_header=with_header)

    def clear_or_delete(self) -> None:
        """Empty the selected cells; where rows are selected whole, ask whether they are to go."""
        if self.table.whole_rows():
            self.delete_selected()
        else:
            self.blocks.clear()

    def import_workbook(self, path: Path | None = None) -> QDialog:
        """Open the import assistant, with a file that was dropped."""
        from ui.ledger.import_dialog import ImportAssistant

        assistant = ImportAssistant(self.workspace, self.entity, self, path)
        assistant.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        assistant.open()
        return assistant

    def export(self) -> None:
        """Save the list as it is shown."""
        self._exporter.ask_list(self.model.reader)

    def export_to(self, path: Path) -> None:
        """Save the list as it is shown in a file."""
        self._exporter.write_list(self.model.reader, path)

    def export_template(self) -> None:
        """Save an empty workbook to fill in."""
        self._exporter.ask_template()

    def print_list(self) -> QDialog:
        """Show how the list prints as it is shown."""
        from ui.paper.printing import preview_list

        reader = self.model.reader
        query, group = in_group_order(reader.query, reader.groups), "".join(reader.groups[:1])
        preview = preview_list(self.workspace, self.entity, query, reader.keys, self, group)
        preview.open()
        return preview

    def print_here(self) -> QDialog:
        """Print the record if the keyboard is there, else the list."""
        focus = self.focusWidget()
        if focus is not None and self.panel.record is not None and self.panel.isAncestorOf(focus):
            return self.panel.print_card()
        return self.print_list()

    def choose_columns(self) -> ColumnsPopup:
        """Open the list of columns."""
        popup = ColumnsPopup(self.entity, self.table.columns(), self)
        popup.chosen.connect(self._arrange)
        popup.open_at(self.toolbar.below_columns())
        return popup

    def choose_colours(self) -> QDialog:
        """Open the dialog of the colours of rows."""
        return self.looks.ask_colours(self)

    def focus_search(self) -> None:
        """Go to the quick search."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def refresh(self) -> None:
        """Read everything again and stay where the user is."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.table.refresh()
            self.panel.refresh()

    def close_request(self) -> bool:
        """Whether the tab may close; asks about unsaved changes where it may not."""
        if not self.cells.may_end():
            self.workspace.notices.say(
                _(N_("Some cells are not stored; they have a red frame. Correct them, or drop them with F2 and Esc.")),
                Tone.WARNING,
            )
            return False
        if self.panel.unsaved():
            self.panel.close_panel()
            return False
        if self.views.begun:
            self._left.save_now(self.view())
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has happened while the tab was not seen."""
        super().showEvent(event)
        self.editors.look()
        if self._stale:
            self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a workbook."""
        if dropped_workbook(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the workbook."""
        path = dropped_workbook(event)
        if path is not None:
            event.acceptProposedAction()
            self.import_workbook(path)

    def _show_allowed(self) -> None:
        rights = self.workspace.rights.now
        writes = rights.writes(self.entity.table) and not self.entity.read_only
        imports = writes and rights.may("import")
        self.empty.allow(add=writes, import_=imports)
        self.setAcceptDrops(imports)

    def _lay_out(self) -> None:
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.totals)
        column.addWidget(self.looks.legend)
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(self.empty)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._stack)
        self._split.addWidget(self.panel)
        self._split.setStretchFactor(0, 1)
        self.panel.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.toolbar)
        whole.addWidget(self.filters)
        whole.addWidget(self.drafts)
        whole.addWidget(self._split, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.filters.asked.connect(self._ask)
        self.table.sorted_by.connect(self.filters.sort_by)
        self.table.opened.connect(self.open_record)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.header_menu_wanted.connect(
            lambda key, at: self.column_commands.show_menu(key, at, self.toolbar.fill_header_menu)
        )
        self.model.started.connect(self.totals.clear)
        self.model.shown.connect(self._show_state)
        self.model.replaced.connect(self._show_state)
        self.model.totalled.connect(self._show_totals)
        self.table.selectionModel().selectionChanged.connect(lambda *_parts: self._selected())
        self.panel.saved.connect(lambda _record: self.table.refresh())
        self.panel.closed.connect(self.table.setFocus)
        self.empty.import_wanted.connect(self.import_workbook)
        self.empty.add_wanted.connect(self.new_record)
        self.empty.clear_wanted.connect(self.filters.clear_all)
        self._split.splitterMoved.connect(lambda *_place: self._divide())
        self.panel.opened.connect(self._make_room)
        self.drafts.wanted.connect(self._open_draft)
        self.workspace.changes.changed.connect(self._hear)
        self.editors.changed.connect(self.model.show_editors)
        self.editors.changed.connect(self.panel.show_editors)

    def _ask(self, query: Query) -> None:
        keys = tuple(field.key for field in self.table.shown_fields())
        self.model.ask(query, keys, self.looks.groups, self.looks.rules)
        self.remember()

    def _arrange(self, columns: tuple[Column, ...]) -> None:
        self.table.arrange(columns)
        self._ask(self.filters.query())

    def _make_room(self) -> None:
        """Give the record as much room as the user gave it last."""
        self._split.setSizes([self._split.width() - self._panel_width, self._panel_width])

    def _divide(self) -> None:
        """The user drew the line between table and record elsewhere."""
        self._panel_width = self._split.sizes()[1]
        self.remember()

    def _show_state(self, _what: object = None) -> None:
        if self.model.rowCount():
            self._stack.setCurrentIndex(0)
            return
        query = self.model.reader.query
        self.empty.tell(narrowed=bool(query.search or query.filters))
        self._stack.setCurrentIndex(1)

    def _show_totals(self, totals: Totals) -> None:
        self.totals.show_totals(totals)
        self._count = totals.count
        self._show_count()

    def _selected(self) -> None:
        self._show_count()
        if self.table.selected_count() == 1:
            self._follow.start()

    def _show_count(self) -> None:
        said = _(N_("1 row") if self._count == 1 else N_("{count} rows"), count=f"{self._count:,}")
        chosen = self.table.selected_count()
        if chosen > 1:
            said = _(N_("{chosen} of {said} selected"), chosen=f"{chosen:,}", said=said)
        self.filters.show_count(said)

    def _hear(self, tables: frozenset[str]) -> None:
        if not tables or tables & {"view", "view_choice"}:
            self.views.read_again()
        if not tables or tables & self._tables:
            self._news.start()

    def _open_current(self) -> None:
        shown = self.panel.record if self.panel.isVisible() and not self.panel.unsaved() else None
        if shown is not None and shown.id != self.table.current_id():
            self.open_selected()

    def _open_draft(self, record: int) -> None:
        if record:
            self.open_record(record)
        else:
            self.new_record()

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.toolbar.fill_menu(menu)
        menu.popup(at)


def _timer(owner: QWidget, milliseconds: int, do: Callable[[], object]) -> QTimer:
    timer = QTimer(owner, interval=milliseconds, singleShot=True)
    timer.timeout.connect(do)
    return timer
