"""The menu bar of the main window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu

from logistics_desktop.i18n import LANGUAGES, N_, _, language
from logistics_desktop.paths import home
from ui import appearance
from ui.theme import icon

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_NUMBERED = 9  # modules that have a shortcut of their own


def fill_menu_bar(window: MainWindow) -> None:
    """Give the window its menus."""
    bar = window.menuBar()
    _fill_file(bar.addMenu(_(N_("&File"))), window)
    _fill_view(bar.addMenu(_(N_("&View"))), window)
    _fill_modules(bar.addMenu(_(N_("&Go"))), window)
    _fill_help(bar.addMenu(_(N_("&Help"))), window)


def _fill_file(menu: QMenu, window: MainWindow) -> None:
    _add(menu, _(N_("&Switch office…")), window.switch_asked.emit, icon_name="server")
    menu.addSeparator()
    _add(menu, _(N_("Find by a &photo of a code …")), window.finder.ask_picture, icon_name="scanner")
    _add(menu, _(N_("Find by the picture on the &clipboard")), window.finder.paste, "Ctrl+Shift+V")
    _add(menu, _(N_("Sc&anner …")), window.finder.set_up)
    menu.addSeparator()
    _add(menu, _(N_("Close &tab")), lambda: _close_tab(window), "Ctrl+W")
    _add(menu, _(N_("&Quit")), window.close, "Ctrl+Q")


def _fill_view(menu: QMenu, window: MainWindow) -> None:
    def show_navigation(shown: bool) -> None:
        window.navigation.setVisible(shown)

    side = _add(menu, _(N_("&Navigation")), show_navigation, "Ctrl+B", "sidebar")
    side.setCheckable(True)
    menu.aboutToShow.connect(lambda: side.setChecked(not window.navigation.isHidden()))
    side.setChecked(True)
    _add(menu, _(N_("Ne&xt tab")), lambda: _step(window, 1), "Ctrl+PgDown")
    _add(menu, _(N_("&Previous tab")), lambda: _step(window, -1), "Ctrl+PgUp")
    menu.addSeparator()
    themes = menu.addMenu(icon("theme"), _(N_("&Theme")))
    _add_choices(
        themes,
        ((choice.value, _(title)) for choice, title in appearance.THEMES.items()),
        appearance.load(window.workspace.settings).theme.value,
        window.theme_chosen.emit,
    )
    languages = menu.addMenu(icon("language"), _(N_("&Language")))
    _add_choices(languages, LANGUAGES.items(), language(), window.language_chosen.emit)


def _fill_modules(menu: QMenu, window: MainWindow) -> None:
    for number, module in enumerate(window.modules, start=1):
        shortcut = f"Alt+{number}" if number <= _NUMBERED else ""
        _add(menu, _(module.title), _opener(window, module.key), shortcut, module.icon)


def _fill_help(menu: QMenu, window: MainWindow) -> None:
    def about() -> None:
        from ui.about import About

        About(window.workspace, window).open()

    _add(menu, _(N_("&Manual")), window.open_manual, "F1", "help")
    _add(menu, _(N_("Program lo&g")), window.open_log, "Ctrl+Shift+L", "list")
    _add(menu, _(N_("Open the &log folder")), _open_logs, icon_name="folder")
    menu.addSeparator()
    _add(menu, _(N_("&About Logistics Desktop")), about)


def _add(menu: QMenu, text: str, do: Callable[..., object], shortcut: str = "", icon_name: str = "") -> QAction:
    action = QAction(text, menu)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
    if icon_name:
        action.setIcon(icon(icon_name))
    action.triggered.connect(do)
    menu.addAction(action)
    return action


def _add_choices(
    menu: QMenu, choices: Iterable[tuple[str, str]], current: str, choose: Callable[[str], object]
) -> None:
    group = QActionGroup(menu)
    for value, text in choices:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(value == current)
        action.setData(value)
        group.addAction(action)
    group.triggered.connect(lambda action: choose(action.data()))


def _opener(window: MainWindow, key: str) -> Callable[[], object]:
    return lambda: window.open_module(key)


def _close_tab(window: MainWindow) -> None:
    if window.tabs.count():
        window.tabs.close_tab(window.tabs.currentIndex())


def _step(window: MainWindow, by: int) -> None:
    if window.tabs.count():
        window.tabs.setCurrentIndex((window.tabs.currentIndex() + by) % window.tabs.count())


def _open_logs() -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(home() / "logs")))
