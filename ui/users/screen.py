"""The people who may sign in: an administrator adds them, gives them posts, shuts them out, lets them in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.features.users import accounts
from logistics_desktop.features.users.accounts import User
from logistics_desktop.i18n import N_, _
from ui.notices import Tone
from ui.theme import icon
from ui.users import work
from ui.users.dialogs import RulesDialog, ToldPassword, UserDialog
from ui.workspace import Workspace

_COLUMNS = (N_("Login"), N_("Person"), N_("Department"), N_("Posts"), N_("State"), N_("Sessions"), N_("Password of"))
_AIR = 16  # beside the longest text of a column
_LOGIN = int(Qt.ItemDataRole.UserRole)
_TABLES = frozenset(("account", "account_post", "post"))


class UsersScreen(QWidget):
    """A line of buttons above the list of all accounts."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._users: dict[str, User] = {}
        self._posts: dict[str, str] = {}
        self.add = self._button("add", N_("&New user …"), self._ask_new)
        self.posts = self._button("edit", N_("P&osts …"), self._ask_posts)
        self.force = self._button("user", N_("New password at next &sign-in"), self._force)
        self.reset = self._button("refresh", N_("&Reset password …"), self._ask_reset)
        self.shut = self._button("stop", N_("Shut &out …"), self._ask_shut)
        self.let_in = self._button(
            "check", N_("&Let in again"), partial(self._do, accounts.enable, N_("{login} may sign in again."))
        )
        self.rules = self._button("settings", N_("R&ules …"), self._ask_rules)
        self.search = QLineEdit(placeholderText=_(N_("Search")), clearButtonEnabled=True)
        self.search.textChanged.connect(self._show)
        tools = QHBoxLayout()
        tools.setContentsMargins(8, 6, 8, 6)
        for tool in (self.add, self.posts, self.force, self.reset, self.shut, self.let_in, self.rules):
            tools.addWidget(tool)
        tools.addStretch(1)
        tools.addWidget(self.search)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setHorizontalHeaderLabels([_(title) for title in _COLUMNS])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setShowGrid(False)
        self.table.itemSelectionChanged.connect(self._allow)
        self.table.itemDoubleClicked.connect(lambda _item: self._ask_posts())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        workspace.changes.changed.connect(self._hear)
        self._allow()
        self.read()

    def read(self) -> None:
        """Read the accounts anew."""
        self.workspace.tasks.run(partial(work.read, self.workspace.office), self._take, owner=self, key="read")

    def chosen(self) -> User | None:
        """The account that is selected."""
        row = self.table.currentRow()
        item = self.table.item(row, 0) if row >= 0 and self.table.selectedItems() else None
        return self._users.get(item.data(_LOGIN)) if item is not None else None

    def _button(self, icon_name: str, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(icon(icon_name), _(text))
        button.clicked.connect(lambda: do())
        return button

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self.read()

    def _take(self, found: tuple[list[User], dict[str, str]]) -> None:
        users, self._posts = found
        self._users = {user.login: user for user in users}
        self._show()

    def _show(self) -> None:
        before = self.chosen()
        wanted = self.search.text().strip().lower()
        rows = [
            (user, texts) for user in self._users.values() if wanted in " ".join(texts := self._texts(user)).lower()
        ]
        self.table.setRowCount(len(rows))
        self.table.clearSelection()
        for row, (user, texts) in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(_LOGIN, user.login)
                self.table.setItem(row, column, item)
            if before is not None and user.login == before.login:
                self.table.selectRow(row)
        self.table.resizeColumnsToContents()
        for column in range(len(_COLUMNS)):
            self.table.setColumnWidth(column, self.table.columnWidth(column) + _AIR)
        self._allow()

    def _texts(self, user: User) -> tuple[str, ...]:
        held = ", ".join(_(self._posts.get(post, post)) for post in user.posts)
        changed = _moment(user.password_changed_at) if user.password_changed_at else ""
        return user.login, user.person, user.department, held, _state(user), str(user.sessions or ""), changed

    def _allow(self) -> None:
        user = self.chosen()
        other = user is not None and user.login != self.workspace.office.user
        for button in (self.posts, self.force, self.reset, self.shut):
            button.setEnabled(other)
        self.shut.setEnabled(other and user is not None and user.active)
        self.let_in.setEnabled(other and user is not None and (not user.active or user.locked_until is not None))

    def _ask_new(self) -> None:
        dialog = UserDialog(self.workspace, self._posts, None, self)
        dialog.made.connect(self._made)
        dialog.open()

    def _ask_posts(self) -> None:
        user = self.chosen()
        if user is not None and self.posts.isEnabled():
            dialog = UserDialog(self.workspace, self._posts, user, self)
            dialog.changed.connect(lambda _login: self.read())
            dialog.open()

    def _ask_rules(self) -> None:
        RulesDialog(self.workspace, self).open()

    def _ask_reset(self) -> None:
        self._ask(
            N_("{login} is signed out everywhere and gets a password for one time. Go on?"),
            lambda login: self._run(partial(work.reset_password, self.workspace.office, login), self._told),
        )

    def _ask_shut(self) -> None:
        act = partial(self._do, accounts.disable, N_("{login} is shut out."))
        self._ask(
            N_("{login} is signed out everywhere at once and cannot sign in any more. Go on?"), lambda _login: act()
        )

    def _force(self) -> None:
        self._do(accounts.force_password_change, N_("{login} chooses another password at the next sign-in."))

    def _ask(self, question: str, then: Callable[[str], object]) -> None:
        user = self.chosen()
        if user is None:
            return
        login = user.login
        box = QMessageBox(QMessageBox.Icon.Question, self.window().windowTitle(), _(question, login=login), parent=self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes = box.addButton(_(N_("Go on")), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.buttonClicked.connect(lambda button: then(login) if button is yes else None)
        box.open()

    def _do(self, act: Callable[..., None], said: str) -> None:
        user = self.chosen()
        if user is not None:
            self._run(partial(work.do, self.workspace.office, act, user.login), partial(self._done, said))

    def _run(self, do: Callable[..., object], then: Callable[..., object]) -> None:
        self.workspace.tasks.run(do, then, owner=self, key="do", on_error=self._failed)

    def _done(self, said: str, login: str) -> None:
        self.workspace.notices.say(_(said, login=login), Tone.DONE)
        self.read()

    def _failed(self, error: BaseException) -> None:
        self.workspace.notices.report(error)
        self.read()

    def _told(self, told: tuple[str, str]) -> None:
        self._made(*told)

    def _made(self, login: str, password: str | None) -> None:
        self.read()
        if password is None:
            self.workspace.notices.say(_(N_("{login} may sign in."), login=login), Tone.DONE)
        else:
            ToldPassword(login, password, self).open()


def _state(user: User) -> str:
    if not user.active:
        return _(N_("shut out"))
    if user.locked_until is not None:
        return _(N_("locked until {time}"), time=_moment(user.locked_until))
    return _(N_("has to change the password")) if user.must_change_password else _(N_("may sign in"))


def _moment(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
