"""Posts across, permissions down: each cell says how far the permission reaches, and a choice in it changes that."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QInputDialog,
    QLabel,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from db.models.permissions import Scope
from logistics_desktop.features.permissions.catalogue import SCOPES
from logistics_desktop.features.permissions.posts import KnownPermission, KnownPost, Matrix
from logistics_desktop.i18n import N_, _
from ui.permissions import work
from ui.theme import icon
from ui.workspace import Workspace

_TABLES = {"post", "permission", "post_permission"}
_WIDTH = 110


class PermissionsScreen(QWidget):
    """What each post may do. Enter, a space or a double click in a cell offers what it can be."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.matrix = Matrix((), (), {})
        self.tools = QToolBar()
        self.add = QAction(icon("add"), _(N_("New post …")), self)
        self.remove = QAction(icon("delete"), _(N_("Delete post")), self)
        self.hint = QLabel(_(N_("The database itself keeps to this, whatever program somebody uses.")))
        self.table = QTableWidget(self)
        self._lay_out()
        self.add.triggered.connect(self.ask_new)
        self.remove.triggered.connect(self.remove_post)
        self.table.itemActivated.connect(self.choose)
        self.table.currentCellChanged.connect(lambda *_cells: self._show_state())
        workspace.changes.changed.connect(self._heard)
        self.refresh()

    def refresh(self) -> None:
        """Read everything again."""
        read = partial(work.read, self._workspace.office)
        self._workspace.tasks.run(read, self._show, owner=self, key="read")

    def choose(self, item: QTableWidgetItem) -> QMenu | None:
        """Offer how far a permission can reach for a post."""
        post, permission = self.matrix.posts[item.column()], self.matrix.permissions[item.row()]
        if post.fixed:
            return None
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self.matrix.scopes.get((post.key, permission.key))
        for scope in (None, *(Scope if permission.scoped else (Scope.ALL,))):
            action = menu.addAction(_scope_text(permission, scope) or _(N_("no")))
            action.setCheckable(True)
            action.setChecked(scope is now)
            action.triggered.connect(partial(self._give, post, permission, scope))
        menu.popup(self.table.viewport().mapToGlobal(self.table.visualItemRect(item).bottomLeft()))
        return menu

    def ask_new(self) -> QInputDialog:
        """Ask what a new post is called; it begins with what the post of the current column may do."""
        like = self._current()
        ask = QInputDialog(self)
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.setWindowTitle(_(N_("New post")))
        text = N_("Name of the post. It begins with what “{post}” may do:") if like else N_("Name of the post:")
        ask.setLabelText(_(text, post=like.title) if like else _(text))
        ask.textValueSelected.connect(partial(self._add, like))
        ask.open()
        return ask

    def remove_post(self) -> None:
        """Delete the post of the current column."""
        post = self._current()
        if post is not None:
            self._do(partial(work.remove, self._workspace.office, post))

    def _add(self, like: KnownPost | None, name: str) -> None:
        # A copy of the administrator would hold all there is now, and look like the one that holds all for ever.
        key = like.key if like is not None and not like.fixed else None
        self._do(partial(work.add, self._workspace.office, name, key))

    def _give(self, post: KnownPost, permission: KnownPermission, scope: Scope | None) -> None:
        self._do(partial(work.give, self._workspace.office, post.key, permission.key, scope))

    def _do(self, do: partial[Matrix]) -> None:
        self._workspace.tasks.run(do, self._show, owner=self, key="write")

    def _current(self) -> KnownPost | None:
        column = self.table.currentColumn()
        return self.matrix.posts[column] if 0 <= column < len(self.matrix.posts) else None

    def _heard(self, tables: frozenset[str]) -> None:
        if not tables or tables & _TABLES:
            self.refresh()

    def _show(self, matrix: Matrix) -> None:
        """Fill the table and stay in the same cell."""
        at = self.table.currentRow(), self.table.currentColumn()
        self.matrix = matrix
        self.table.setRowCount(len(matrix.permissions))
        self.table.setColumnCount(len(matrix.posts))
        self.table.setHorizontalHeaderLabels([post.title for post in matrix.posts])
        self.table.setVerticalHeaderLabels([permission.title for permission in matrix.permissions])
        for row, permission in enumerate(matrix.permissions):
            for column, post in enumerate(matrix.posts):
                item = QTableWidgetItem(_scope_text(permission, matrix.scopes.get((post.key, permission.key))))
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                if post.fixed:
                    item.setFlags(Qt.ItemFlag.ItemIsSelectable)
                    item.setToolTip(_(N_("The administrator has every permission and keeps it.")))
                self.table.setItem(row, column, item)
        self.table.setCurrentCell(max(at[0], 0), max(at[1], 0))
        self._show_state()

    def _show_state(self) -> None:
        may = self._workspace.rights.now.may("posts.manage")
        post = self._current()
        self.add.setEnabled(may)
        self.remove.setEnabled(may and post is not None and not post.builtin)

    def _lay_out(self) -> None:
        self.tools.addAction(self.add)
        self.tools.addAction(self.remove)
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.hint.setObjectName("hint")
        self.hint.setContentsMargins(8, 2, 8, 2)
        self.table.setAccessibleName(_(N_("Posts and permissions")))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setMinimumSectionSize(_WIDTH)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.tools, self.hint, self.table):
            column.addWidget(widget)


def _scope_text(permission: KnownPermission, scope: Scope | None) -> str:
    if scope is None:
        return ""
    return _(SCOPES[scope]) if permission.scoped else _(N_("yes"))
