"""A dialog that does one thing: its page, what went wrong, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.workspace import Workspace

T = TypeVar("T")


class WorkDialog(QDialog):
    """Lays out `page` above a line for trouble and the buttons; work runs beside the window, one thing at a time."""

    def __init__(self, workspace: Workspace, title: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.workspace = workspace
        self.page = QVBoxLayout()
        self.page.setContentsMargins(16, 14, 16, 8)
        self.page.setSpacing(8)
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.said.setObjectName("bad")
        self.act = QPushButton(act, default=True)
        self.act.clicked.connect(lambda: self.do())
        self.leave = QPushButton(_(N_("Close")), autoDefault=False)
        self.leave.clicked.connect(self.reject)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(16, 4, 16, 12)
        self.foot.addWidget(self.said, 1)
        self.foot.addWidget(self.act)
        self.foot.addWidget(self.leave)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self.page, 1)
        whole.addLayout(self.foot)
        self.busy = False

    def do(self) -> None:
        """What the button does."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what can be done now; called after every piece of work."""

    def say(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self.said.setText(text)

    def refuse(self, error: UserError) -> None:
        """Say what is the user's to mend; a dialog with fields marks those that are wrong."""
        self.say(str(error))

    def work(self, do: Callable[[Job], T], then: Callable[[T], object], title: str = "") -> None:
        """Have `do` done and hand its value to `then`; what is the user's to mend is said here."""
        self.busy = True
        self.act.setEnabled(False)
        self.workspace.tasks.run(do, partial(self._done, then), owner=self, key="do", on_error=self._fail, title=title)

    def _done(self, then: Callable[[T], object], value: T) -> None:
        self.busy = False
        self.act.setEnabled(True)
        self.say("")
        then(value)
        self.refresh()

    def _fail(self, error: BaseException) -> None:
        self.busy = False
        self.act.setEnabled(True)
        if isinstance(error, UserError):
            self.refuse(error)
        else:
            self.workspace.notices.report(error)
        self.refresh()
