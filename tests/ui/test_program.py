"""From the start of the program to its end: opening, failing, switching, speaking another language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from logistics_desktop import i18n, profiles, settings
from logistics_desktop.errors import UserError
from logistics_desktop.profiles import LOCAL, Profile
from tests.ui.example import ExampleOffice
from ui import appearance, language, theme
from ui.appearance import Appearance, Theme
from ui.first_run import Chosen, FirstRun
from ui.main_window import MainWindow
from ui.offices import DEMO
from ui.program import Program
from ui.sign_in import SignIn

SERVER = Profile("Head office", "server", host="db.example", database="logistics", user="u_li")


class Offices:
    """Opens example offices; the server wants the password "right"."""

    def __init__(self) -> None:
        self.opened: list[ExampleOffice] = []

    def __call__(self, profile: Profile, password: str | None, tell: Callable[[str], object]) -> ExampleOffice:
        tell("Opening")
        if profile.sign_in == "domain":
            raise UserError("There is no ticket.")
        if profile.kind == "server" and password != "right":
            raise UserError("The password is not right.")
        if profile.kind == "local":
            raise UserError("The disk is full.")
        self.opened.append(ExampleOffice(profile.user or "demo", profile.name))
        if profile.kind == "demo":
            self.opened[-1].profile = profile
        return self.opened[-1]


@pytest.fixture
def offices() -> Offices:
    return Offices()


@pytest.fixture
def program(qapp: QApplication, offices: Offices) -> Iterator[Program]:
    qapp.setQuitOnLastWindowClosed(False)
    program = Program(qapp, settings, offices)
    yield program
    if program.window is not None:
        window = program.window
        window.close()
        window.deleteLater()
    for dialog in shown(QDialog):
        dialog.hide()
        dialog.deleteLater()
    program.end()
    program.deleteLater()
    language.use(qapp, "en")
    theme.apply(qapp, Theme.LIGHT)


def shown(kind: type[QDialog]) -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def window_of(program: Program, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible())
    assert program.window is not None
    return program.window


def test_the_first_start_asks_where_to_work_and_the_next_goes_there(
    program: Program, offices: Offices, qtbot: QtBot
) -> None:
    program.start(None)
    [asked] = shown(FirstRun)
    assert isinstance(asked, FirstRun)
    asked.chosen.emit(Chosen(DEMO))
    window_of(program, qtbot)
    assert shown(FirstRun) == []
    assert profiles.last_used() == DEMO


def test_a_profile_named_on_the_command_line_is_opened_without_asking(program: Program, qtbot: QtBot) -> None:
    program.start(DEMO)
    assert shown(QDialog) == []
    assert window_of(program, qtbot).windowTitle().startswith("Sample data")


def test_an_office_that_cannot_be_opened_is_told_why_and_asked_again(program: Program, qtbot: QtBot) -> None:
    program.start(LOCAL)
    qtbot.waitUntil(lambda: bool(shown(FirstRun)))
    [asked] = shown(FirstRun)
    assert isinstance(asked, FirstRun)
    assert asked.problem.text() == "The disk is full."
    assert profiles.last_used() is None


def test_a_wrong_password_is_asked_again_with_the_reason(program: Program, offices: Offices, qtbot: QtBot) -> None:
    program.enter(Chosen(SERVER, "wrong"))
    qtbot.waitUntil(lambda: bool(shown(SignIn)))
    [dialog] = shown(SignIn)
    assert isinstance(dialog, SignIn)
    assert dialog.problem.text() == "The password is not right."
    dialog.password.setText("right")
    dialog.accept()
    window_of(program, qtbot)
    assert [office.user for office in offices.opened] == ["u_li"]


def test_a_server_without_a_known_password_asks_for_it(program: Program, qtbot: QtBot) -> None:
    program.start(SERVER)
    qtbot.waitUntil(lambda: bool(shown(SignIn)))


def test_who_signs_in_by_domain_is_not_asked_for_a_password(program: Program, qtbot: QtBot) -> None:
    program.start(replace(SERVER, sign_in="domain"))
    qtbot.waitUntil(lambda: bool(shown(FirstRun)))
    [asked] = shown(FirstRun)
    assert isinstance(asked, FirstRun)
    assert asked.problem.text() == "There is no ticket."
    assert shown(SignIn) == []


def test_the_sample_data_can_be_seen_as_any_post(program: Program, offices: Offices, qtbot: QtBot) -> None:
    program.start(DEMO)
    before = window_of(program, qtbot)
    [menu] = [menu for menu in before.findChildren(QMenu) if menu.title() == "&Try as"]
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Administrator"]
    next(action for action in menu.actions() if action.text() == "Auditor").trigger()
    qtbot.waitUntil(lambda: program.window is not None and program.window is not before)
    assert [office.user for office in offices.opened] == ["demo", "demo_auditor"]


def test_switching_closes_the_office_before_and_keeps_it_if_the_new_one_fails(
    program: Program, offices: Offices, qtbot: QtBot
) -> None:
    program.start(DEMO)
    before = window_of(program, qtbot)
    before.switch_asked.emit()
    program.enter(Chosen(LOCAL))
    qtbot.waitUntil(lambda: any(isinstance(d, FirstRun) and d.problem.text() for d in shown(FirstRun)))
    assert before.isVisible()
    assert not offices.opened[0].closed
    program.enter(Chosen(SERVER, "right"))
    qtbot.waitUntil(lambda: program.window is not None and program.window is not before)
    assert window_of(program, qtbot).windowTitle().startswith("Head office")
    qtbot.waitUntil(lambda: offices.opened[0].closed)
    assert not offices.opened[1].closed


def test_another_language_keeps_the_tabs_and_is_remembered(program: Program, offices: Offices, qtbot: QtBot) -> None:
    program.start(DEMO)
    window = window_of(program, qtbot)
    tabs = window.tabs.keys()
    window.language_chosen.emit("zh_CN")
    assert program.window is not None
    assert program.window is not window
    assert program.window.tabs.keys() == tabs
    assert i18n.language() == "zh_CN"
    assert appearance.load(settings).language == "zh_CN"
    assert len(offices.opened) == 1, "the office stays open"
    assert not offices.opened[0].closed


def test_another_theme_shows_at_once_and_is_remembered(program: Program, qapp: QApplication, qtbot: QtBot) -> None:
    program.start(DEMO)
    window = window_of(program, qtbot)
    menus = {action.text(): menu for menu in window.findChildren(QMenu) for action in menu.actions()}
    dark = next(action for action in menus["Dark"].actions() if action.text() == "Dark")
    dark.trigger()
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == theme.DARK.surface
    assert appearance.load(settings).theme is Theme.DARK
    assert program.window is window


def test_a_damaged_choice_of_looks_follows_the_system() -> None:
    settings.save("appearance", {"theme": "purple", "language": "xx"})
    assert appearance.load(settings) == Appearance(Theme.SYSTEM, i18n.system_language())


def test_ending_closes_the_office(program: Program, offices: Offices, qtbot: QtBot) -> None:
    program.start(DEMO)
    window_of(program, qtbot).close()
    program.end()
    assert offices.opened[0].closed
