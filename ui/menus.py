"""The menu bar of the main window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices
from PySide6.QtWidgets import QMenu

from logistics_desktop.i18n import LANGUAGES, N_, _, language
from logistics_desktop.paths import home
from logistics_desktop.profiles import DEMO_LOGINS
from ui import actions, appearance
from ui.theme import icon

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def fill_menu_bar(window: MainWindow) -> None:
    """Give the window its menus."""
    bar = window.menuBar()
    _fill_file(bar.addMenu(_(N_("&File"))), window)
    _fill_edit(bar.addMenu(_(N_("&Edit"))), window)
    _fill_view(bar.addMenu(_(N_("&View"))), window)
    _fill_modules(bar.addMenu(_(N_("&Go"))), window)
    _fill_help(bar.addMenu(_(N_("&Help"))), window)


def _fill_file(menu: QMenu, window: MainWindow) -> None:
    _add(menu, "switch_office", window.switch_asked.emit)
    office = window.workspace.office
    if office.profile.kind == "demo":
        _fill_posts(menu.addMenu(icon("user"), _(N_("&Try as"))), window)
    if office.asks_password:
        _add(menu, "change_password", window.ask_password)
        _add(menu, "lock", window.guard.lock.lock)
    menu.addSeparator()
    _add(menu, "find_photo", window.finder.ask_picture)
    _add(menu, "find_clipboard", window.finder.paste)
    _add(menu, "scanner", window.finder.set_up)
    menu.addSeparator()
    _add(menu, "close_tab", partial(_close_tab, window))
    _add(menu, "quit", window.close)


def _fill_posts(menu: QMenu, window: MainWindow) -> None:
    """The sample data as another post sees them."""
    group = QActionGroup(menu)
    for login, title in DEMO_LOGINS.items():
        action = menu.addAction(_(title))
        action.setCheckable(True)
        action.setChecked(login == window.workspace.office.user)
        action.triggered.connect(lambda _checked=False, login=login: window.post_chosen.emit(login))
        group.addAction(action)


def _fill_edit(menu: QMenu, window: MainWindow) -> None:
    undo = _add(menu, "undo", window.edits.undo)
    redo = _add(menu, "redo", window.edits.redo)
    menu.addSeparator()
    _add(menu, "palette", window.open_palette)

    def say_what() -> None:
        for action, what in ((undo, window.edits.to_undo), (redo, window.edits.to_redo)):
            text = _(actions.BY_KEY[action.objectName()].text)
            action.setText(_(N_("{do}: {what}"), do=text, what=what.replace("&", "&&")) if what else text)

    window.edits.changed.connect(say_what)


def _fill_view(menu: QMenu, window: MainWindow) -> None:
    def show_navigation() -> None:
        window.navigation.setVisible(window.navigation.isHidden())

    side = _add(menu, "navigation", show_navigation)
    side.setCheckable(True)
    menu.aboutToShow.connect(lambda: side.setChecked(not window.navigation.isHidden()))
    _add(menu, "next_tab", partial(_step, window, 1))
    _add(menu, "previous_tab", partial(_step, window, -1))
    menu.addSeparator()
    themes = menu.addMenu(icon("theme"), _(N_("&Theme")))
    look = appearance.load(window.workspace.settings)
    names = {f"theme_{choice.value}": _(title) for choice, title in appearance.THEMES.items()}
    _add_choices(themes, names, f"theme_{look.theme.value}", window.theme_chosen.emit)
    languages = menu.addMenu(icon("language"), _(N_("&Language")))
    names = {f"language_{code}": title for code, title in LANGUAGES.items()}
    _add_choices(languages, names, f"language_{language()}", window.language_chosen.emit)


def _fill_modules(menu: QMenu, window: MainWindow) -> None:
    made: list[QAction] = []
    for number, module in enumerate(window.modules, start=1):
        key, do = f"module_{number}", partial(window.open_module, module.key)
        action = _add(menu, key, do, _(module.title))
        action.setIcon(icon(module.icon))
        made.append(action)

    def show_allowed() -> None:
        for action, module in zip(made, window.modules, strict=True):
            action.setVisible(module.offered_to(window.rights.now))

    window.rights.changed.connect(show_allowed)


def _fill_help(menu: QMenu, window: MainWindow) -> None:
    def about() -> None:
        from ui.about import About

        About(window.workspace, window).open()

    _add(menu, "manual", window.help_wanted)
    _add(menu, "cheat_sheet", window.open_cheat_sheet)
    _add(menu, "log", window.open_log)
    _add(menu, "logs", _open_logs)
    menu.addSeparator()
    _add(menu, "about", about)


def _add(menu: QMenu, key: str, do: Callable[[], object], text: str = "") -> QAction:
    action = actions.make(key, menu, do, text)
    menu.addAction(action)
    return action


def _add_choices(menu: QMenu, names: dict[str, str], current: str, choose: Callable[[str], object]) -> None:
    """One of a few; what is chosen is the end of the command's key."""
    group = QActionGroup(menu)
    for key, text in names.items():
        action = _add(menu, key, partial(choose, key.partition("_")[2]), text)
        action.setCheckable(True)
        action.setChecked(key == current)
        group.addAction(action)


def _close_tab(window: MainWindow) -> None:
    if window.tabs.count():
        window.tabs.close_tab(window.tabs.currentIndex())


def _step(window: MainWindow, by: int) -> None:
    if window.tabs.count():
        window.tabs.setCurrentIndex((window.tabs.currentIndex() + by) % window.tabs.count())


def _open_logs() -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(home() / "logs")))
