"""The window that is left alone: it shows nothing until whoever it belongs to gives the password again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QWindow
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.tasks import Tasks

if TYPE_CHECKING:
    from logistics_desktop.connection import Diagnosis
    from logistics_desktop.context import Office

_MINUTE_MS = 60_000
_SIGNS_OF_LIFE = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.InputMethod)
)


class IdleLock(QObject):
    """Locks after some minutes without a key or a click in any window of the program; 0 minutes are for ever.

    All windows are hidden, so that no notice or list shows anything; what is open in them stays as it is.
    """

    quit_wanted = Signal()

    def __init__(self, office: Office, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._tasks = tasks
        self._hidden: list[QWidget] = []
        self.question: Locked | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.lock)
        # Keys and clicks pass the window system's windows, of which there are few: a filter for everything is dear.
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def set_minutes(self, minutes: int) -> None:
        """Wait so long from now on."""
        self._timer.setInterval(minutes * _MINUTE_MS)
        if minutes > 0 and self.question is None:
            self._timer.start()
        else:
            self._timer.stop()

    def lock(self) -> None:
        """Hide everything and ask for the password."""
        if self.question is not None or not self._office.asks_password:
            return
        self._timer.stop()
        self._hidden = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        for window in self._hidden:
            window.hide()
        self.question = Locked(self._office, self._tasks)
        self.question.unlocked.connect(self._unlock)
        self.question.quit_wanted.connect(self.quit_wanted)
        self.question.show()

    def close(self) -> None:
        """Lock nothing any more."""
        self._timer.stop()
        self._drop_question()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count anew at every key and every click."""
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _unlock(self) -> None:
        self._drop_question()
        for window in self._hidden:
            window.show()
        self._hidden.clear()
        if self._timer.interval() > 0:
            self._timer.start()

    def _drop_question(self) -> None:
        if self.question is not None:
            self.question.hide()
            self.question.deleteLater()
            self.question = None


class Locked(QDialog):
    """Asks for the password; the server judges it, and counts wrong ones like any other sign-in."""

    unlocked = Signal()
    quit_wanted = Signal()

    def __init__(self, office: Office, tasks: Tasks) -> None:
        super().__init__()
        self._office = office
        self._tasks = tasks
        self.setWindowTitle(_(N_("Locked")))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(380)
        name = QLabel(f"{office.user} · {office.describe}")
        name.setObjectName("pageTitle")
        hint = QLabel(
            _(N_("The window was left alone and is locked. Everything in it is as you left it.")), wordWrap=True
        )
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(_(N_("Password")))
        self.problem = QLabel(wordWrap=True)
        self.problem.setObjectName("bad")
        buttons = QDialogButtonBox()
        self.open_button = buttons.addButton(_(N_("Unlock")), QDialogButtonBox.ButtonRole.AcceptRole)
        leave = buttons.addButton(_(N_("Quit")), QDialogButtonBox.ButtonRole.DestructiveRole)
        leave.clicked.connect(self.quit_wanted)
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for part in (name, hint, self.password, self.problem, buttons):
            column.addWidget(part)
        self.password.setFocus()

    def accept(self) -> None:
        """Have the password judged."""
        typed = self.password.text()
        self.open_button.setEnabled(False)
        self._tasks.run(
            lambda _job: _prove(self._office, typed, _job), self._judge, owner=self, key="prove", on_error=self._failed
        )

    def reject(self) -> None:
        """Esc leads nowhere."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nor does the cross in the corner."""
        event.ignore()

    def _judge(self, found: Diagnosis) -> None:
        self.password.clear()
        self.open_button.setEnabled(True)
        if found.ok:
            self.unlocked.emit()
        else:
            self.problem.setText(f"{found.text}\n{found.hint}")

    def _failed(self, error: BaseException) -> None:
        self.open_button.setEnabled(True)
        self.problem.setText(str(error))


def _prove(office: Office, password: str, _job: Job) -> Diagnosis:
    return office.prove(password)
