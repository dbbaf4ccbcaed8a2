"""The administrator's screen: somebody new, somebody who goes, somebody who forgot the password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from db.session import Target
from logistics_desktop import organisation
from logistics_desktop.connection import diagnose
from logistics_desktop.context import Office
from tests.accounts import FIRST, Join
from ui.main_window import MainWindow
from ui.users.dialogs import RulesDialog, ToldPassword, UserDialog
from ui.users.screen import UsersScreen

SignedIn = Callable[[str, str], Target]


def row_of(screen: UsersScreen, login: str) -> list[str]:
    table = screen.table
    for row in range(table.rowCount()):
        texts = [item.text() for column in range(table.columnCount()) if (item := table.item(row, column))]
        if texts[0] == login:
            return texts
    return []


def select(screen: UsersScreen, login: str) -> None:
    logins = [row_of(screen, user)[0] for user in screen._users]
    screen.table.selectRow(logins.index(login))


def go_on(screen: UsersScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: any(box.isVisible() for box in screen.findChildren(QMessageBox)))
    [box] = [box for box in screen.findChildren(QMessageBox) if box.isVisible()]
    next(button for button in box.buttons() if button.text() == "Go on").click()


def told(screen: UsersScreen, qtbot: QtBot) -> ToldPassword:
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in screen.findChildren(ToldPassword)))
    return next(dialog for dialog in screen.findChildren(ToldPassword) if dialog.isVisible())


def test_somebody_new_gets_a_password_that_is_told_once(users: UsersScreen, signed_in: SignedIn, qtbot: QtBot) -> None:
    users.add.click()
    [dialog] = users.findChildren(UserDialog)
    dialog.login.setText(" u_sun ")
    dialog.posts["finance"].setChecked(True)
    dialog.act.click()
    shown = told(users, qtbot)
    assert diagnose(signed_in("u_sun", shown.password.text())).ok
    shown.findChildren(QPushButton)[0].click()
    next(button for button in shown.findChildren(QPushButton) if button.text() == "Copy").click()
    assert QGuiApplication.clipboard().text() == shown.password.text()
    qtbot.waitUntil(lambda: bool(row_of(users, "u_sun")))
    assert row_of(users, "u_sun")[3:5] == ["Finance", "has to change the password"]


def test_a_login_that_cannot_be_is_refused_in_the_dialog(users: UsersScreen, qtbot: QtBot) -> None:
    users.add.click()
    [dialog] = users.findChildren(UserDialog)
    dialog.login.setText("Zhang Wei")
    dialog.act.click()
    qtbot.waitUntil(lambda: "small letters" in dialog.said.text())
    assert dialog.isVisible()


def test_somebody_who_goes_is_shut_out_and_may_come_back(
    users: UsersScreen, join: Join, signed_in: SignedIn, qtbot: QtBot
) -> None:
    join("u_sun", "clerk")
    qtbot.waitUntil(lambda: bool(row_of(users, "u_sun")))
    select(users, "u_sun")
    assert not users.let_in.isEnabled()
    users.shut.click()
    go_on(users, qtbot)
    qtbot.waitUntil(lambda: row_of(users, "u_sun")[4] == "shut out")
    assert diagnose(signed_in("u_sun", FIRST)).code == "may_not_sign_in"
    assert not users.shut.isEnabled()
    users.let_in.click()
    qtbot.waitUntil(lambda: row_of(users, "u_sun")[4] != "shut out")
    assert diagnose(signed_in("u_sun", FIRST)).ok


def test_a_forgotten_password_is_reset(users: UsersScreen, join: Join, signed_in: SignedIn, qtbot: QtBot) -> None:
    join("u_sun", "clerk")
    qtbot.waitUntil(lambda: bool(row_of(users, "u_sun")))
    select(users, "u_sun")
    users.reset.click()
    go_on(users, qtbot)
    assert diagnose(signed_in("u_sun", told(users, qtbot).password.text())).ok


def test_posts_are_changed(users: UsersScreen, join: Join, qtbot: QtBot) -> None:
    join("u_sun", "clerk")
    qtbot.waitUntil(lambda: bool(row_of(users, "u_sun")))
    select(users, "u_sun")
    users.posts.click()
    [dialog] = users.findChildren(UserDialog)
    assert dialog.posts["clerk"].isChecked()
    dialog.posts["clerk"].setChecked(False)
    dialog.posts["auditor"].setChecked(True)
    dialog.act.click()
    qtbot.waitUntil(lambda: row_of(users, "u_sun")[3] == "Auditor")


def test_the_own_account_is_shown_but_left_to_another(users: UsersScreen, office: Office) -> None:
    select(users, office.user)
    for button in (users.posts, users.force, users.reset, users.shut, users.let_in):
        assert not button.isEnabled()
    assert row_of(users, office.user)[3] == "Administrator"


def test_the_search_narrows_the_list(users: UsersScreen, join: Join, office: Office, qtbot: QtBot) -> None:
    join("u_sun", "clerk")
    qtbot.waitUntil(lambda: users.table.rowCount() == 2)
    users.search.setText("SUN")
    assert users.table.rowCount() == 1
    users.search.setText("nobody")
    assert users.table.rowCount() == 0


def test_rules_hold_for_everybody(window: MainWindow, users: UsersScreen, office: Office, qtbot: QtBot) -> None:
    users.rules.click()
    [dialog] = users.findChildren(RulesDialog)
    qtbot.waitUntil(lambda: dialog.lock_after.value() == 15)
    dialog.policy.setCurrentIndex(0)
    dialog.lock_after.setValue(5)
    with qtbot.waitSignal(dialog.accepted):
        dialog.act.click()
    with office.session() as session:
        assert organisation.read(session, organisation.PASSWORD_POLICY) == "mlps"
        assert organisation.read(session, organisation.LOCK_AFTER_MINUTES) == 5
