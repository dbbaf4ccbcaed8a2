"""Where to work: the choices, the server's form and its test, signing in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.session import Target
from logistics_desktop.connection import Diagnosis, diagnose
from logistics_desktop.profiles import LOCAL, Profile
from ui.first_run import Chosen, FirstRun
from ui.offices import DEMO
from ui.sign_in import SignIn
from ui.tasks import Tasks

SERVER = Profile("Head office", "server", host="db.example", database="logistics", user="u_li")


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    tasks = Tasks(lambda error: pytest.fail(str(error)))
    yield tasks
    tasks.close()


def asking(tasks: Tasks, known: tuple[Profile, ...] = (), can_remember: bool = True) -> tuple[FirstRun, list[Chosen]]:
    dialog = FirstRun(known, tasks, diagnose, can_remember)
    chosen: list[Chosen] = []
    dialog.chosen.connect(chosen.append)
    return dialog, chosen


def press(dialog: FirstRun, name: str) -> None:
    next(button for button in dialog.findChildren(QPushButton) if button.accessibleName() == name).click()


def test_a_new_user_may_try_use_this_pc_or_join(tasks: Tasks) -> None:
    dialog, chosen = asking(tasks)
    press(dialog, "Try it with sample data")
    press(dialog, "Use it on this PC")
    assert chosen == [Chosen(DEMO), Chosen(LOCAL)]
    press(dialog, "Join the office's server")
    assert not dialog.form.isHidden()
    dialog.form.deleteLater()


def test_offices_that_were_opened_before_come_first_and_can_be_forgotten(tasks: Tasks) -> None:
    dialog, chosen = asking(tasks, (DEMO, LOCAL, SERVER))
    forgotten: list[str] = []
    dialog.forgotten.connect(forgotten.append)
    buttons = [button.accessibleName() for button in dialog.findChildren(QPushButton, "choice")]
    assert sorted(buttons)[0] == "Head office"
    assert len(buttons) == 4, "sample data and this PC are offered once"
    press(dialog, "Head office")
    assert chosen == [Chosen(SERVER)]


def test_joining_needs_server_database_and_user(tasks: Tasks) -> None:
    dialog, chosen = asking(tasks)
    form = dialog.form
    assert not form.join_button.isEnabled()
    form.host.setText("db1.example, db2.example ")
    form.user.setText("u_li")
    form.database.setText(" ")
    assert not form.join_button.isEnabled()
    form.database.setText("office")
    form.name.clear()
    form.password.setText("secret word")
    form.join_button.click()
    [one] = chosen
    assert one == Chosen(
        Profile("db1.example, db2.example", "server", host="db1.example, db2.example", database="office", user="u_li"),
        "secret word",
        False,
    )


def test_the_certificate_is_asked_for_only_where_it_is_checked(tasks: Tasks) -> None:
    form = asking(tasks)[0].form
    form.certificate.setText("/root.crt")
    assert form.profile().root_certificate is None
    form.mode.setCurrentIndex(form.mode.findData("verify-full"))
    assert form.profile().root_certificate == "/root.crt"
    assert form.profile().tls == "verify-full"


def test_the_test_button_says_precisely_what_is_wrong(tasks: Tasks, qtbot: QtBot) -> None:
    form = asking(tasks)[0].form
    for field, text in ((form.host, "127.0.0.1"), (form.database, "office"), (form.user, "u_li")):
        field.setText(text)
    form.port.setValue(1)
    form.test_button.click()
    assert not form.test_button.isEnabled()
    qtbot.waitUntil(form.test_button.isEnabled)
    assert "no database listens on port 1" in form.finding.text()
    assert form.finding.objectName() == "bad"


def test_a_good_finding_looks_good(tasks: Tasks, qtbot: QtBot) -> None:
    def well(target: Target) -> Diagnosis:
        return Diagnosis(True, "well", f"{target.user} is well", "Go on.")

    form = FirstRun((), tasks, well, True).form
    for field in (form.host, form.database, form.user):
        field.setText("u_li")
    form.test()
    qtbot.waitUntil(lambda: form.finding.objectName() == "good")
    assert form.finding.text() == "u_li is well\nGo on."


def test_nothing_is_offered_to_be_remembered_where_there_is_no_keyring(tasks: Tasks) -> None:
    assert asking(tasks, can_remember=False)[0].form.remember.isHidden()
    assert SignIn(SERVER, can_remember=False).remember.isHidden()


def test_signing_in_hands_over_what_was_typed(tasks: Tasks) -> None:
    dialog = SignIn(SERVER, True, "The password is not right.")
    chosen: list[Chosen] = []
    dialog.chosen.connect(chosen.append)
    assert "The password is not right." in [label.text() for label in dialog.findChildren(QLabel)]
    dialog.user.setText(" u_wang ")
    dialog.password.setText(" p w ")
    dialog.remember.setChecked(True)
    dialog.accept()
    [one] = chosen
    assert (one.profile.user, one.password, one.remember) == ("u_wang", " p w ", True)
