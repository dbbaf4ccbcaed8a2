"""Where to work: the sample data, this PC, the office's server, or an office that was opened before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _
from logistics_desktop.profiles import LOCAL, Profile
from ui.offices import DEMO, title
from ui.server_form import ServerForm
from ui.tasks import Tasks
from ui.theme import icon

if TYPE_CHECKING:
    from db.session import Target
    from logistics_desktop.connection import Diagnosis


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where the user wants to work. Without a password it is looked for in the keyring, and asked for."""

    profile: Profile
    password: str | None = None
    remember: bool = False


class FirstRun(QDialog):
    """The first thing that a new user sees, and the way from one office to another."""

    chosen = Signal(object)  # a Chosen
    forgotten = Signal(str)  # the name of a profile

    def __init__(
        self,
        known: Sequence[Profile],
        tasks: Tasks,
        diagnose: Callable[[Target], Diagnosis],
        can_remember: bool,
        problem: str = "",
    ) -> None:
        super().__init__()
        self.setWindowTitle(_(N_("Logistics Desktop")))
        self.setMinimumSize(560, 480)
        self._pages = QStackedWidget()
        self.form = ServerForm(tasks, diagnose, can_remember)
        self.form.submitted.connect(self._join)
        self.form.back.connect(lambda: self._pages.setCurrentIndex(0))
        self._pages.addWidget(self._choices(known))
        self._pages.addWidget(self.form)
        self.problem = QLabel(problem)
        self.problem.setObjectName("bad")
        self.problem.setWordWrap(True)
        self.problem.setVisible(bool(problem))
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addLayout(_heading())
        column.addWidget(self.problem)
        column.addWidget(self._pages, 1)

    def show_form(self) -> None:
        """Ask for the office's server."""
        self._pages.setCurrentWidget(self.form)
        self.form.host.setFocus()

    def _choices(self, known: Sequence[Profile]) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        offered = [profile for profile in known if replace(profile, user="") not in (DEMO, LOCAL)]
        for profile in offered:
            column.addLayout(self._known(profile))
        for name, text, hint, choose in (
            (
                "sample",
                N_("Try it with sample data"),
                N_("An invented organisation; nothing of yours is touched."),
                DEMO,
            ),
            ("computer", N_("Use it on this PC"), N_("The data stay on this PC; no server is needed."), LOCAL),
        ):
            column.addWidget(_choice(name, _(text), _(hint), partial(self._choose, choose)))
        join_hint = _(N_("Work together on the office's PostgreSQL server."))
        column.addWidget(_choice("server", _(N_("Join the office's server")), join_hint, self.show_form))
        column.addStretch(1)
        return page

    def _known(self, profile: Profile) -> QHBoxLayout:
        where = f"{profile.user} @ {profile.host}/{profile.database}" if profile.kind == "server" else ""
        icon_name = "server" if profile.kind == "server" else "computer"
        forget = QToolButton()
        forget.setIcon(icon("close"))
        forget.setToolTip(_(N_("Forget this office on this PC")))
        row = QHBoxLayout()
        button = _choice(icon_name, title(profile), where, partial(self._choose, profile))
        row.addWidget(button, 1)
        row.addWidget(forget)

        def drop() -> None:
            button.hide()
            forget.hide()
            self.forgotten.emit(profile.name)

        forget.clicked.connect(drop)
        return row

    def _choose(self, profile: Profile) -> None:
        self.chosen.emit(Chosen(profile))

    def _join(self) -> None:
        self.chosen.emit(Chosen(self.form.profile(), self.form.password.text(), self.form.remember.isChecked()))


def _heading() -> QHBoxLayout:
    row = QHBoxLayout()
    logo = QLabel()
    logo.setPixmap(icon("logo").pixmap(QSize(44, 44)))
    words = QVBoxLayout()
    words.setSpacing(0)
    name = QLabel(_(N_("Logistics Desktop")))
    name.setObjectName("pageTitle")
    question = QLabel(_(N_("Where do you want to work?")))
    question.setObjectName("hint")
    words.addWidget(name)
    words.addWidget(question)
    row.addWidget(logo)
    row.addLayout(words, 1)
    return row


def _choice(icon_name: str, text: str, hint: str, choose: Callable[[], object]) -> QPushButton:
    button = QPushButton()
    button.setObjectName("choice")
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    button.setMinimumHeight(64)
    button.clicked.connect(lambda: choose())
    picture = QLabel()
    picture.setPixmap(icon(icon_name).pixmap(QSize(28, 28)))
    name, below = QLabel(text), QLabel(hint)
    name.setObjectName("choiceTitle")
    below.setObjectName("hint")
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(name)
    words.addWidget(below)
    row = QHBoxLayout(button)
    row.setContentsMargins(16, 8, 16, 8)
    row.setSpacing(14)
    row.addWidget(picture)
    row.addLayout(words, 1)
    for label in (picture, name, below):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return button
