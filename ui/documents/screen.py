"""The documents: all that one may see on the left, the one that is chosen on the right."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.features.documents.opened import Opened
from logistics_desktop.features.documents.printed import Printed
from logistics_desktop.features.documents.reading import Item
from logistics_desktop.i18n import N_, _
from ui.actions import bind, make
from ui.documents import work
from ui.documents.bars import DocumentBar, SearchBar
from ui.documents.document_view import DocumentView
from ui.documents.draft_editor import DraftEditor
from ui.documents.layout_dialog import LayoutDialog
from ui.documents.list_model import DocumentsModel
from ui.documents.loans_dialog import LoansDialog
from ui.documents.printing import preview_document
from ui.documents.send_dialog import SendDialog
from ui.ledger.ask import Answer, ask
from ui.notices import Tone
from ui.workspace import Workspace

_TABLES = frozenset(("document", "approval_case", "approval_task", "approval_decision"))
_SPLIT = (440, 760)
_WIDTHS = (140, 100, 104, 90, 56, 124)


class DocumentsScreen(QWidget):
    """Finds, makes, sends, prints documents. `take_found` puts what is scanned on the draft that is open."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.kinds: list[Kind] = []
        self.opened: Opened | None = None
        self._wanted: int | None = None
        self.search = SearchBar()
        self.model = DocumentsModel()
        self.table = QTableView()
        self.bar = DocumentBar()
        self.place = QStackedWidget()
        self.nothing = QLabel(_(N_("Choose a document, or make a new one.")), alignment=Qt.AlignmentFlag.AlignCenter)
        self.nothing.setObjectName("hint")
        self.editor: DraftEditor | None = None
        self.view = DocumentView(workspace)
        self.commands = {key: self._command(key, do) for key, do in self._deeds().items()}
        self._lay_out()
        self._connect()
        self._show_allowed()
        workspace.tasks.run(partial(work.all_kinds, workspace.office), self._take_kinds, owner=self, key="kinds")
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        asked = self.search.asked()
        read = partial(work.page, self.workspace.office, asked, None)
        self.workspace.tasks.run(read, self._begin, owner=self, key="list")

    def open_record(self, document: int) -> None:
        """Show a document, once what is typed into another is stored."""
        if self.editor is not None and self.editor.unsaved:
            self.editor.save(partial(self._read, document))
        else:
            self._read(document)

    def start(self, kind: str, assets: Sequence[int] = ()) -> None:
        """Begin a document about these assets and show it."""
        make_it = partial(work.start, self.workspace.office, kind, list(assets))
        self.workspace.tasks.run(make_it, self.open_record, owner=self, key="start")

    def take_found(self, ledger: str, record: int) -> bool:
        """A scanned asset goes on the draft that is open."""
        if self.editor is None or ledger != "assets" or self.place.currentWidget() is not self.editor:
            return False
        self.editor.take_asset(record)
        return True

    def close_request(self) -> bool:
        """Stay until what was typed is stored, which takes a moment."""
        if self.editor is not None and self.editor.unsaved:
            self.editor.save()
            self.workspace.notices.say(_(N_("The draft is being stored. Close again in a moment.")))
            return False
        return True

    def ask_new(self) -> None:
        """Choose what kind of document to begin."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_kinds(menu, self.kinds, self.start)
        menu.popup(self.bar.mapToGlobal(QPoint(0, self.bar.height())))

    def send(self) -> None:
        """Show the path and send, once everything is filled in and stored."""
        if self.editor is not None and self.editor.complete():
            self.editor.save(self._open_send)

    def print_document(self) -> None:
        """Show how the document prints, once what was typed is stored."""
        if self.editor is not None and self.editor.unsaved:
            self.editor.save(self._read_paper)
        else:
            self._read_paper()

    def copy_document(self) -> None:
        """Begin a new document after this one."""
        if self.opened is not None:
            copied = partial(work.copy, self.workspace.office, self.opened.document.id)
            self.workspace.tasks.run(copied, self.open_record, owner=self, key="copy")

    def withdraw(self) -> None:
        """Ask whether the document is to come back."""
        if self.opened is not None and self.opened.case is not None:
            case = self.opened.case.id
            answers = [Answer(_(N_("Withdraw")), partial(self._withdraw, case)), Answer(_(N_("Leave it")))]
            ask(self, _(N_("Take the document back? Nobody signs it any more until you send it again.")), answers)

    def delete(self) -> None:
        """Ask whether the draft is to go."""
        if self.opened is not None:
            number = self.opened.document.id
            answers = [Answer(_(N_("Delete")), partial(self._delete, number)), Answer(_(N_("Keep")))]
            ask(self, _(N_("Delete this draft?")), answers)

    def edit_layouts(self) -> LayoutDialog | None:
        """Change how a kind of document prints."""
        if not self.kinds:
            return None
        key = self.opened.document.kind.key if self.opened else self.kinds[0].key
        dialog = LayoutDialog(self.workspace, self.kinds, key, self)
        dialog.open()
        return dialog

    def open_loans(self) -> LoansDialog:
        """Show what is lent and what of it is overdue."""
        dialog = LoansDialog(self.workspace, self)
        dialog.chosen.connect(self.open_record)
        dialog.open()
        return dialog

    def _read(self, document: int) -> None:
        self._wanted = document
        read = partial(work.read, self.workspace.office, document)
        self.workspace.tasks.run(read, self._show, owner=self, key="read")

    def _show(self, opened: Opened) -> None:
        if opened.document.id != self._wanted:
            return
        self.opened = opened
        self._drop_editor()
        if opened.editable:
            self.editor = DraftEditor(self.workspace, opened)
            self.editor.stored.connect(self.refresh)
            self.place.addWidget(self.editor)
            self.place.setCurrentWidget(self.editor)
        else:
            self.view.show_opened(opened)
            self.place.setCurrentWidget(self.view)
        self._show_state()
        self._select()

    def _read_paper(self) -> None:
        if self.opened is not None:
            read = partial(work.print_out, self.workspace.office, self.opened.document.id)
            self.workspace.tasks.run(read, self._preview, owner=self, key="paper")

    def _preview(self, printed: Printed) -> None:
        preview_document(self.workspace, printed, self).open()

    def _drop_editor(self) -> None:
        if self.editor is not None:
            self.place.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None

    def _open_send(self) -> SendDialog | None:
        if self.opened is None:
            return None
        dialog = SendDialog(self.workspace, self.opened, self)
        dialog.sent.connect(self._sent)
        dialog.open()
        return dialog

    def _sent(self, document: int, number: str) -> None:
        self.workspace.notices.say(_(N_("{number} is on its way."), number=number), Tone.DONE)
        self._read(document)
        self.refresh()

    def _withdraw(self, case: int) -> None:
        back = partial(work.withdraw, self.workspace.office, case, uuid.uuid4())
        self.workspace.tasks.run(back, lambda _none: self._again(), owner=self, key="withdraw")

    def _delete(self, document: int) -> None:
        gone = partial(work.delete, self.workspace.office, document)
        self.workspace.tasks.run(gone, lambda _none: self._forget(), owner=self, key="delete")

    def _forget(self) -> None:
        self.opened, self._wanted = None, None
        self._drop_editor()
        self.place.setCurrentWidget(self.nothing)
        self._show_state()
        self.refresh()

    def _again(self) -> None:
        """Somebody may have signed: read what is shown anew, but not what is being typed into."""
        self.refresh()
        if self.opened is not None:
            self._read(self.opened.document.id)

    def _heard(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        if self.editor is None:
            self._again()
        else:
            self.refresh()

    def _begin(self, items: list[Item]) -> None:
        self.model.begin(items)
        self._select()

    def _more(self, before: int) -> None:
        read = partial(work.page, self.workspace.office, self.search.asked(), before)
        self.workspace.tasks.run(read, partial(self.model.take, before), owner=self, key="more")

    def _select(self) -> None:
        row = self.model.row_of(self.opened.document.id) if self.opened is not None else None
        selection = self.table.selectionModel()
        selection.blockSignals(True)
        if row is None:
            self.table.clearSelection()
        else:
            self.table.selectRow(row)
        selection.blockSignals(False)
        self.table.viewport().update()

    def _chosen(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self.open_record(self.model.items[rows[0].row()].id)

    def _take_kinds(self, kinds: list[Kind]) -> None:
        self.kinds = kinds
        self.search.offer(kinds)

    def _show_state(self) -> None:
        one = self.opened
        state = one.document.state if one is not None else ""
        self.bar.show_document(one)
        self.commands["document_send"].setVisible(one is not None and one.editable)
        self.commands["document_print"].setVisible(one is not None)
        self.commands["document_withdraw"].setVisible(one is not None and one.withdrawable)
        self.commands["document_delete"].setVisible(one is not None and one.mine and state == "draft")
        self._show_allowed()

    def _show_allowed(self) -> None:
        rights = self.workspace.rights.now
        self.commands["document_new"].setVisible(rights.may("documents.write"))
        self.commands["document_copy"].setVisible(self.opened is not None and rights.may("documents.write"))
        self.commands["document_layout"].setVisible(rights.may("settings.write"))

    def _deeds(self) -> dict[str, Callable[[], object]]:
        return {
            "document_new": self.ask_new,
            "document_send": self.send,
            "document_print": self.print_document,
            "document_copy": self.copy_document,
            "document_withdraw": self.withdraw,
            "document_delete": self.delete,
            "document_loans": self.open_loans,
            "document_layout": self.edit_layouts,
            "document_search": lambda: self.search.text.setFocus(),
            "document_refresh": self.refresh,
        }

    def _command(self, key: str, do: Callable[[], object]) -> QAction:
        return bind(make(key, self, do), self, inside=True)

    def _connect(self) -> None:
        self.search.changed.connect(self.refresh)
        self.model.more_wanted.connect(self._more)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._chosen())
        self.workspace.changes.changed.connect(self._heard)
        self.workspace.rights.changed.connect(self._show_allowed)

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self.bar.fill([self.commands[key] for key in list(self.commands)[:8]])
        self.place.addWidget(self.nothing)
        self.place.addWidget(self.view)
        left, right = QWidget(), QWidget()
        for side, above, below in ((left, self.search, self.table), (right, self.bar, self.place)):
            stacked = QVBoxLayout(side)
            stacked.setContentsMargins(0, 0, 0, 0)
            stacked.setSpacing(0)
            stacked.addWidget(above)
            stacked.addWidget(below, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes(list(_SPLIT))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self._show_state()


def fill_kinds(menu: QMenu, kinds: Sequence[Kind], start: Callable[[str], object]) -> None:
    """Offer the kinds of documents to begin."""
    for kind in kinds:
        menu.addAction(_(kind.title), partial(start, kind.key))
