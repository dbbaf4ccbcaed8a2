"""One's own password: changed when one likes, changed because one must, and given again to a window left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from db.session import Target
from logistics_desktop import settings
from logistics_desktop.connection import diagnose
from logistics_desktop.context import Office, open_office
from tests.accounts import FIRST, Join, profile_of
from tests.offices import PASSWORD
from ui.first_run import Chosen, FirstRun
from ui.idle_lock import Locked
from ui.main_window import MainWindow
from ui.password_dialog import PasswordDialog
from ui.program import Program
from ui.tasks import Tasks

BETTER = "blanket orbit mustard"
SignedIn = Callable[[str, str], Target]


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    errors: list[BaseException] = []
    tasks = Tasks(errors.append)
    yield tasks
    tasks.close()
    assert errors == []


def test_a_password_is_changed_by_who_knows_the_present_one(
    join: Join, tasks: Tasks, signed_in: SignedIn, qtbot: QtBot
) -> None:
    theirs = join("u_sun", "clerk")
    dialog = PasswordDialog(theirs, tasks)
    dialog.show()
    QTest.keyClicks(dialog.now, "not the present one")
    QTest.keyClicks(dialog.new, BETTER)
    QTest.keyClicks(dialog.again, "other")
    assert "differ" in dialog.problem.text()
    assert not dialog.change.isEnabled()
    dialog.again.clear()
    QTest.keyClicks(dialog.again, BETTER)
    dialog.change.click()
    qtbot.waitUntil(lambda: "does not accept" in dialog.problem.text())
    dialog.now.setText(FIRST)
    with qtbot.waitSignal(dialog.changed):
        dialog.change.click()
    assert diagnose(signed_in("u_sun", BETTER)).ok
    theirs.engine.dispose()  # connections of later use the new one too
    with theirs.session():
        pass


@pytest.mark.parametrize(("new", "said"), [("short", "12 characters"), ("password1234", "guessed"), (FIRST, "old one")])
def test_a_password_that_will_not_do_is_refused(join: Join, tasks: Tasks, qtbot: QtBot, new: str, said: str) -> None:
    dialog = PasswordDialog(join("u_sun", "clerk"), tasks)
    dialog.show()
    for line, text in ((dialog.now, FIRST), (dialog.new, new), (dialog.again, new)):
        QTest.keyClicks(line, text)
    dialog.change.click()
    qtbot.waitUntil(lambda: said in dialog.problem.text())
    dialog.reject()


@pytest.fixture
def program(qapp: QApplication, join: Join) -> Iterator[Program]:
    qapp.setQuitOnLastWindowClosed(False)
    program = Program(qapp, settings, open_office)
    yield program
    if program.window is not None:
        window = program.window
        window.close()
        window.deleteLater()
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.hide()
            dialog.deleteLater()
    program.end()
    program.deleteLater()


def must_change(qtbot: QtBot) -> PasswordDialog:
    def shown() -> list[PasswordDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, PasswordDialog) and w.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def test_somebody_new_chooses_a_password_before_the_window_opens(
    program: Program, join: Join, clerk: Target, signed_in: SignedIn, qtbot: QtBot
) -> None:
    join("u_sun", "clerk")
    program.enter(Chosen(profile_of(clerk, "u_sun"), FIRST))
    dialog = must_change(qtbot)
    assert program.window is None
    assert not dialog.now.isVisible()
    for line in (dialog.new, dialog.again):
        QTest.keyClicks(line, FIRST)
    dialog.change.click()
    qtbot.waitUntil(lambda: "old one" in dialog.problem.text())
    dialog.new.clear()
    dialog.again.clear()
    QTest.keyClicks(dialog.new, BETTER)
    QTest.keyClicks(dialog.again, BETTER)
    dialog.change.click()
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible())
    assert diagnose(signed_in("u_sun", BETTER)).ok


def test_who_will_not_choose_does_not_get_in(program: Program, join: Join, clerk: Target, qtbot: QtBot) -> None:
    join("u_sun", "clerk")
    program.enter(Chosen(profile_of(clerk, "u_sun"), FIRST))
    must_change(qtbot).reject()
    qtbot.waitUntil(lambda: any(isinstance(w, FirstRun) and w.isVisible() for w in QApplication.topLevelWidgets()))
    assert program.window is None


def locked(window: MainWindow) -> Locked:
    question = window.guard.lock.question
    assert question is not None
    return question


def test_a_window_left_alone_shows_nothing_until_the_password_is_given(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    window.open_module("staff")
    window.open_manual()
    window.guard.lock.lock()
    question = locked(window)
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [question]
    question.close()
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert question.isVisible()
    QTest.keyClicks(question.password, "wrong")
    question.open_button.click()
    qtbot.waitUntil(lambda: "does not accept" in question.problem.text())
    assert not window.isVisible()
    QTest.keyClicks(question.password, PASSWORD)
    question.open_button.click()
    qtbot.waitUntil(window.isVisible)
    assert window.tabs.current_key() == "staff"
    assert window.guard.lock.question is None


def test_keys_and_clicks_put_the_lock_off(window: MainWindow, qtbot: QtBot) -> None:
    timer = window.guard.lock._timer
    qtbot.waitUntil(timer.isActive)
    with qtbot.waitActive(window):
        window.activateWindow()
    timer.setInterval(150)
    for _number in range(4):
        qtbot.wait(60)
        handle = window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, Qt.Key.Key_Shift)
        assert window.guard.lock.question is None
    qtbot.waitUntil(lambda: window.guard.lock.question is not None)
    locked(window).unlocked.emit()


def test_the_organisation_says_after_how_long(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    from logistics_desktop import organisation

    timer = window.guard.lock._timer
    qtbot.waitUntil(lambda: timer.interval() == 15 * 60_000 and timer.isActive())
    with office.session() as session:
        organisation.write(session, organisation.LOCK_AFTER_MINUTES, 0)
    qtbot.waitUntil(lambda: not timer.isActive())


def test_quitting_from_the_lock_is_possible(window: MainWindow, qtbot: QtBot) -> None:
    window.guard.lock.lock()
    with qtbot.waitSignal(window.quit_wanted):
        locked(window).quit_wanted.emit()
    locked(window).unlocked.emit()
