"""The program from its start to its end: which office is open, and the way from one to another."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from logistics_desktop import profiles
from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.jobs import Job
from logistics_desktop.profiles import Profile
from ui import appearance, language, theme
from ui.appearance import Appearance, Settings, Theme
from ui.error_report import ErrorReport
from ui.first_run import Chosen, FirstRun
from ui.main_window import MainWindow
from ui.offices import DEMO, Open, title
from ui.opening import Opening
from ui.password_dialog import PasswordDialog
from ui.sign_in import SignIn
from ui.tasks import Tasks
from ui.timing import mark, measuring

if TYPE_CHECKING:
    from logistics_desktop.context import Office


class Program(QObject):
    """Shows either the question where to work or the window of the office that is open."""

    def __init__(self, app: QApplication, settings: Settings, open_office: Open) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._open_office = open_office
        self._tasks = Tasks(self.report, self)
        self._dialog: QDialog | None = None
        self._opening: Opening | None = None
        self._office: Office | None = None
        self.window: MainWindow | None = None
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def start(self, profile: Profile | None) -> None:
        """Open `profile`, or the office of last time, or ask."""
        wanted = profile or profiles.last_used()
        if wanted is None:
            self.ask()
        else:
            self.enter(Chosen(wanted))

    def ask(self, problem: str = "") -> None:
        """Ask where to work."""
        # Imported here, as most starts need neither.
        from logistics_desktop import connection, secrets

        asked = FirstRun(profiles.profiles(), self._tasks, connection.diagnose, secrets.can_remember(), problem)
        asked.chosen.connect(self.enter)
        asked.forgotten.connect(profiles.remove)
        self._show(asked)

    def enter(self, chosen: Chosen) -> None:
        """Open an office; the window of the one before stays until the new one is there."""
        opening = Opening(title(chosen.profile), self._tasks)
        job = self._tasks.run(
            partial(self._open, chosen),
            partial(self._opened, chosen),
            owner=self,
            key="open",
            on_error=partial(self._not_opened, chosen),
        )
        opening.stopped.connect(lambda: self._tasks.cancel(job))
        self._opening = opening

    def report(self, error: BaseException) -> None:
        """Show an error of the program itself."""
        ErrorReport(error, self.window).open()

    def end(self) -> None:
        """Close what is open; for after the last window."""
        self._tasks.close()
        if self._office is not None:
            self._office.close()
            self._office = None

    def _open(self, chosen: Chosen, job: Job) -> Office | None:
        """In a worker: the open office, or None where a password has to be asked for first."""
        profile = chosen.profile
        asks = profile.asks_password
        password = _known_password(chosen) if asks else None
        if asks and password is None:
            return None
        office = self._open_office(profile, password, lambda text: job.progress(0, 0, text))
        profiles.add(profile)
        if chosen.remember:
            _remember(chosen)
        return office

    def _opened(self, chosen: Chosen, office: Office | None) -> None:
        self._end_opening()
        if office is None:
            self._sign_in(chosen.profile, "")
            return
        mark("office open")
        if office.must_change_password:
            self._ask_new_password(office)
        else:
            self._begin(office)

    def _begin(self, office: Office) -> None:
        if self._leave_window():
            self._leave_office()
            self._office = office
            self._open_window(office)
        else:
            self._close_quietly(office)

    def _ask_new_password(self, office: Office) -> None:
        asked = PasswordDialog(office, self._tasks, must=True)
        asked.changed.connect(lambda: self._begin(office))
        asked.rejected.connect(lambda: self._close_quietly(office))
        asked.rejected.connect(lambda: self.ask())
        self._show(asked)

    def _close_quietly(self, office: Office) -> None:
        self._tasks.run(lambda _job: office.close(), _nothing, owner=self)

    def _not_opened(self, chosen: Chosen, error: BaseException) -> None:
        self._end_opening()
        if not isinstance(error, UserError):
            self.report(error)
        problem = "" if isinstance(error, Cancelled) or not isinstance(error, UserError) else str(error)
        if isinstance(self._dialog, FirstRun) and chosen.profile.kind == "server" and chosen.password is not None:
            self._dialog.form.refuse(problem)
        elif chosen.profile.asks_password and problem:
            self._sign_in(chosen.profile, problem)
        else:
            self.ask(problem)

    def _sign_in(self, profile: Profile, problem: str) -> None:
        from logistics_desktop import secrets

        asked = SignIn(profile, secrets.can_remember(), problem)
        asked.chosen.connect(self.enter)
        asked.rejected.connect(lambda: self.ask())
        self._show(asked)

    def _open_window(self, office: Office) -> None:
        window = MainWindow(office, self._settings, office.listen)
        window.language_chosen.connect(self._change_language)
        window.theme_chosen.connect(self._change_theme)
        window.switch_asked.connect(lambda: self.ask())
        window.post_chosen.connect(lambda login: self.enter(Chosen(replace(DEMO, user=login))))
        window.quit_wanted.connect(self._app.quit)
        window.closed.connect(self._window_closed)
        self.window = window
        self._drop_dialog()
        window.show()
        mark("window shown")
        if measuring():
            QTimer.singleShot(0, window, window.close)

    def _leave_window(self) -> bool:
        """Close the window of the office before; False when a screen in it wants to stay."""
        window = self.window
        if window is None:
            return True
        window.closed.disconnect(self._window_closed)
        if not window.close():
            window.closed.connect(self._window_closed)
            return False
        window.deleteLater()
        self.window = None
        return True

    def _leave_office(self) -> None:
        if self._office is not None:
            before, self._office = self._office, None
            self._close_quietly(before)

    def _window_closed(self) -> None:
        self.window = None
        self._app.quit()

    def _show(self, dialog: QDialog) -> None:
        self._drop_dialog()
        self._dialog = dialog
        dialog.rejected.connect(self._dialog_closed)
        dialog.show()

    def _dialog_closed(self) -> None:
        if self.window is None and isinstance(self.sender(), FirstRun):
            self._app.quit()

    def _drop_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.hide()
            self._dialog.deleteLater()
            self._dialog = None

    def _end_opening(self) -> None:
        if self._opening is not None:
            self._opening.hide()
            self._opening.deleteLater()
            self._opening = None

    def _change_language(self, chosen: str) -> None:
        """Speak another language: the window is made anew, with the tabs as they were."""
        appearance.save(self._settings, Appearance(appearance.load(self._settings).theme, chosen))
        office = self._office
        if office is not None and self._leave_window():
            language.use(self._app, chosen)
            self._open_window(office)

    def _change_theme(self, chosen: str) -> None:
        look = Appearance(Theme(chosen), appearance.load(self._settings).language)
        appearance.save(self._settings, look)
        theme.apply(self._app, look.theme)

    def _follow_system(self) -> None:
        if appearance.load(self._settings).theme is Theme.SYSTEM:
            theme.apply(self._app, Theme.SYSTEM)


def _known_password(chosen: Chosen) -> str | None:
    from logistics_desktop import secrets

    return chosen.password if chosen.password is not None else secrets.recall(chosen.profile.target(None))


def _remember(chosen: Chosen) -> None:
    from logistics_desktop import secrets

    secrets.remember(chosen.profile.target(chosen.password))


def _nothing(_value: object) -> None:
    """For work whose value nobody needs."""
