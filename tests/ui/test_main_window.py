"""The window: built piece by piece, left and found again, in any language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from logistics_desktop import i18n, settings
from logistics_desktop.paths import DOCS
from tests.ui.example import EXAMPLE_MODULES, ExampleOffice
from ui.main_window import MainWindow
from ui.manual import Manual, read_pages
from ui.pictures import Forgetful, pictures_of
from ui.registry import MODULES, Module
from ui.theme import icon
from ui.workspace import Workspace

Built = list[str]


class Stubborn(QLabel):
    """A screen with something unsaved."""

    may_close = False

    def close_request(self) -> bool:
        return self.may_close


@pytest.fixture
def built() -> Built:
    return []


@pytest.fixture
def modules(built: Built) -> tuple[Module, ...]:
    def build(key: str, workspace: Workspace) -> QWidget:
        built.append(key)
        return Stubborn(key) if key == "stubborn" else QLabel(key)

    return tuple(
        Module(key, key.title(), group, "assets", lambda workspace, key=key: build(key, workspace))  # type: ignore[misc]
        for key, group in (("one", "First"), ("two", "First"), ("three", "Second"), ("stubborn", "Second"))
    )


@pytest.fixture
def window(modules: tuple[Module, ...], qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(ExampleOffice(), settings, None, modules)
    window.show()
    yield window
    Stubborn.may_close = True
    window.close()
    Stubborn.may_close = False
    window.deleteLater()


def again(modules: tuple[Module, ...], user: str = "u_li") -> MainWindow:
    return MainWindow(ExampleOffice(user), settings, None, modules)


def close(window: MainWindow) -> None:
    assert window.close()
    window.deleteLater()


def test_a_screen_is_built_when_it_is_first_shown_and_once(window: MainWindow, built: Built) -> None:
    assert built == ["one"]
    window.open_module("two")
    window.open_module("one")
    window.open_module("two")
    assert built == ["one", "two"]
    assert window.tabs.keys() == ["one", "two"]


def test_the_window_comes_back_as_it_was_left_and_builds_only_what_is_seen(
    window: MainWindow, modules: tuple[Module, ...], built: Built
) -> None:
    window.open_module("two")
    window.open_module("three")
    window.open_module("two")
    window.navigation.fold(["Second"])
    window.navigation.hide()
    window.resize(700, 500)
    window.close()
    built.clear()
    other = again(modules)
    assert other.tabs.keys() == ["one", "two", "three"]
    assert other.tabs.current_key() == "two"
    assert built == ["two"]
    assert other.navigation.folded() == ["Second"]
    assert other.navigation.isHidden()
    assert (other.width(), other.height()) == (700, 500)
    close(other)


def test_another_user_of_the_same_pc_finds_their_own_window(window: MainWindow, modules: tuple[Module, ...]) -> None:
    window.open_module("three")
    window.close()
    other = again(modules, "u_wang")
    assert other.tabs.keys() == ["one"]
    close(other)
    mine = again(modules)
    assert mine.tabs.keys() == ["one", "three"]
    close(mine)


def test_tabs_of_modules_that_are_gone_and_damaged_sizes_are_passed_over(modules: tuple[Module, ...]) -> None:
    settings.save("window", {"u_li": {"tabs": ["gone", "two"], "current": "gone", "geometry": "?", "split": ""}})
    window = again(modules)
    assert window.tabs.keys() == ["two"]
    close(window)


def test_a_screen_with_something_unsaved_keeps_the_window_open_and_comes_to_the_front(window: MainWindow) -> None:
    window.open_module("stubborn")
    window.open_module("one")
    assert not window.close()
    assert window.isVisible()
    assert window.tabs.current_key() == "stubborn"
    window.tabs.close_tab(window.tabs.currentIndex())
    assert window.tabs.keys() == ["one", "stubborn"]


def test_all_tabs_can_be_closed_and_one_opened_again(window: MainWindow, built: Built) -> None:
    window.tabs.close_tab(0)
    assert window.tabs.current_key() == ""
    window.open_module("one")
    assert built == ["one", "one"]


def test_the_keyboard_opens_modules_and_the_navigation_follows(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.tabs.current_key() == "three")
    current = window.navigation.currentItem()
    assert current is not None
    assert current.text(0) == "Three"
    QTest.keyClick(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.tabs.current_key() == "one")
    QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.tabs.keys() == ["three"])


def test_enter_in_the_navigation_opens_the_tab(window: MainWindow, qtbot: QtBot) -> None:
    group = window.navigation.topLevelItem(0)
    assert group is not None
    item = group.child(1)
    assert item is not None
    window.navigation.setCurrentItem(item)
    QTest.keyClick(window.navigation, Qt.Key.Key_Return)
    assert window.tabs.current_key() == "two"


def test_no_two_shortcuts_are_the_same_and_every_menu_entry_has_a_name(window: MainWindow) -> None:
    actions = [action for action in window.findChildren(QAction) if action.text()]
    keys = [action.shortcut().toString() for action in actions if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))
    assert QKeySequence("F1").toString() in keys


def test_the_status_bar_says_who_where_and_whether_the_database_answers(qtbot: QtBot) -> None:
    office = ExampleOffice("u_zhao", "示例集团")
    window = MainWindow(office, settings, office.listen, EXAMPLE_MODULES)
    texts = [label.text() for label in window.status.findChildren(QLabel)]
    assert {"u_zhao", "示例集团 @ db.example", "Connected"} <= set(texts)
    window.changes.connected.emit(False)
    texts = [label.text() for label in window.status.findChildren(QLabel)]
    assert "Connection lost, trying again" in texts
    window.workspace.show_totals("3 rows, 1,234.50")
    assert "3 rows, 1,234.50" in [label.text() for label in window.status.findChildren(QLabel)]
    close(window)


@pytest.mark.parametrize(
    ("language", "heading", "word"), [("en", "The window", "Credential Manager"), ("zh_CN", "窗口", "凭据管理器")]
)
def test_the_manual_speaks_the_language_and_is_searched(language: str, heading: str, word: str, qtbot: QtBot) -> None:
    i18n.use(language)
    manual = Manual()
    titles = [manual.contents.topLevelItem(n) for n in range(manual.contents.topLevelItemCount())]
    assert heading in [item.text(0) for item in titles if item is not None]
    assert "F1" in manual.page.toPlainText()
    manual.search.setText(word)
    assert manual.contents.topLevelItemCount() == 1
    manual.search.setText("no such word anywhere")
    assert manual.contents.topLevelItemCount() == 0
    manual.deleteLater()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_link_of_the_manual_leads_to_a_page(language: str) -> None:
    pages = read_pages(DOCS / "manual" / language)
    written = sorted(path.name for path in (DOCS / "manual" / language).glob("*.md"))
    assert sorted(page.path.name for page in pages) == written, "the index links to every page and to nothing else"


def test_a_wide_picture_of_the_manual_is_made_to_fit_the_page(qtbot: QtBot) -> None:
    manual = Manual()
    manual.show()
    [page] = [page.path for page in manual.pages if page.path.name == "records.md"]
    manual.page.setSource(QUrl.fromLocalFile(str(page)))
    assert manual.page.horizontalScrollBar().maximum() == 0
    pictures = DOCS / "pictures" / "en"
    assert QImage(str(pictures / "assets-record.png")).width() > manual.page.viewport().width()
    manual.close()
    manual.deleteLater()


def test_f1_opens_the_manual_once_and_a_heading_is_gone_to(window: MainWindow, qtbot: QtBot) -> None:
    for _time in range(2):
        QTest.keyClick(window, Qt.Key.Key_F1)
    [manual] = window.findChildren(Manual)
    assert manual.isVisible()
    page = manual.contents.topLevelItem(1)
    assert page is not None
    heading = page.child(2)
    assert heading is not None
    manual.contents.setCurrentItem(heading)
    assert manual.page.textCursor().block().text() == heading.text(0)
    assert manual.page.source().fileName() == "start.md"


def test_pictures_are_taken_of_every_tab_and_main_dialog(qtbot: QtBot) -> None:
    window = MainWindow(ExampleOffice(), Forgetful(), None, EXAMPLE_MODULES)
    names = []
    for name, picture in pictures_of(window, EXAMPLE_MODULES):
        assert picture.isVisible()
        assert not picture.grab().isNull()
        names.append(name)
    assert {module.key for module in EXAMPLE_MODULES} < set(names)
    assert {"first-run", "join-server", "sign-in", "about", "manual", "error-report"} < set(names)


def test_every_module_of_the_program_has_an_icon_and_a_name_of_its_own() -> None:
    keys = [module.key for module in MODULES]
    assert len(keys) == len(set(keys))
    assert [module.key for module in MODULES if icon(module.icon).isNull()] == []
