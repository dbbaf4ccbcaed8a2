"""Deciding several cases at once, where their steps allow it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from logistics_desktop.features.approvals.inbox import Item
from logistics_desktop.i18n import N_, _
from ui.approvals import work
from ui.notices import Tone
from ui.theme import icon
from ui.workspace import Workspace

_NAMED = 3


class SeveralBar(QFrame):
    """There while several lines are selected; says how many of them can be decided together."""

    done = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks: list[tuple[int, str]] = []
        self.said = QLabel()
        self.comment = QLineEdit(placeholderText=_(N_("What you want to say with it")))
        self.approve = QPushButton(icon("check"), _(N_("Approve all")))
        self.refuse = QPushButton(icon("stop"), _(N_("Refuse all")))
        self.approve.clicked.connect(partial(self._decide, True))
        self.refuse.clicked.connect(partial(self._decide, False))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.addWidget(self.said)
        row.addWidget(self.comment, 1)
        row.addWidget(self.approve)
        row.addWidget(self.refuse)
        self.hide()

    def show_chosen(self, items: Sequence[Item]) -> None:
        """Offer what can be decided of the lines that are selected."""
        self._tasks = [(item.task, item.number) for item in items if item.task is not None and item.together]
        self.setVisible(len(items) > 1)
        text = N_("{number} of {all} can be decided together")
        self.said.setText(_(text, number=len(self._tasks), all=len(items)))
        self._allow(bool(self._tasks))

    def _decide(self, approve: bool, _checked: bool = False) -> None:
        comment = self.comment.text().strip()
        if not approve and not comment:
            self.said.setText(_(N_("Say why, in a few words.")))
            self.comment.setFocus()
            return
        self._allow(False)
        self._workspace.tasks.run(
            partial(work.decide_several, self._workspace.office, tuple(self._tasks), approve, comment),
            self._show,
            owner=self,
            key="several",
            title=_(N_("Deciding")),
        )

    def _show(self, several: work.Several) -> None:
        self.comment.clear()
        notices = self._workspace.notices
        if several.done:
            notices.say(_(N_("Decided: {number}"), number=several.done), Tone.DONE)
        for number, why in several.refused[:_NAMED]:
            notices.say(f"{number}: {why}", Tone.WARNING)
        self.done.emit()

    def _allow(self, allowed: bool) -> None:
        for widget in (self.comment, self.approve, self.refuse):
            widget.setEnabled(allowed)
