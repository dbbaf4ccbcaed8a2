"""What can be done to the case on show: one action each, offered exactly where the truth table allows it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from logistics_desktop.errors import ConnectionLost, UserError
from logistics_desktop.features.approvals import actions as deeds
from logistics_desktop.features.approvals.cases import Case, Task
from logistics_desktop.features.approvals.words import ACTIONS
from logistics_desktop.i18n import N_, _
from ui import actions
from ui.approvals import work
from ui.approvals.people_popup import PeoplePopup
from ui.notices import Tone
from ui.workspace import Workspace

ON_TASK = ("approve", "resubmit", "refuse", "return", "hand_over", "delegate", "add_before", "add_after", "take_back")
ON_CASE = ("withdraw", "urge", "comment", "copy")
_PLAIN: Mapping[str, work.Deed] = {"approve": deeds.approve, "resubmit": deeds.resubmit, "take_back": deeds.take_back}
_NEED_WORDS = ("refuse", "return", "comment")
_FOR_ONE: Mapping[str, work.Deed] = {"hand_over": deeds.hand_over, "delegate": deeds.delegate}
_FOR_SEVERAL = ("add_before", "add_after", "copy")


class Deciding(QObject):
    """The actions by their keys. What is said with them comes from whoever shows them, through `say`."""

    done = Signal(str)  # the action; what is on show is to be read again
    failed = Signal(str)  # why it was refused
    words_wanted = Signal()  # nothing can be done without a reason

    def __init__(self, workspace: Workspace, place: QWidget) -> None:
        super().__init__(place)
        self._workspace = workspace
        self._place = place
        self._case: Case | None = None
        self._task: Task | None = None
        self._words = ""
        self._keys: dict[tuple[str, int], uuid.UUID] = {}
        self.offered = {key: self._action(key) for key in (*ON_TASK, *ON_CASE)}
        self.show(None)

    def show(self, case: Case | None, task: int | None = None) -> None:
        """Offer what may be done to a case, with the task `task` if it is mine, else with the first of mine."""
        mine = [one for one in case.live if one.actions] if case is not None else []
        self._case = case
        self._task = next((one for one in mine if one.id == task), mine[0] if mine else None)
        allowed = {*(self._task.actions if self._task else ()), *(case.case_actions if case else ())}
        for key, action in self.offered.items():
            action.setVisible(key in allowed)
            action.setEnabled(key in allowed)

    @property
    def task(self) -> Task | None:
        """The task that would be decided."""
        return self._task

    def say(self, words: str) -> None:
        """What is to be said with the next action."""
        self._words = words.strip()

    def do(self, key: str) -> QWidget | None:
        """Do it, or ask for what the program cannot know; gives what it asks with."""
        case, task, words = self._case, self._task, self._words
        if case is None or not self.offered[key].isEnabled():
            return None
        subject = case.id if key in ON_CASE else task.id if task else 0
        if key in _NEED_WORDS and not words:
            self.words_wanted.emit()
        elif key == "return":
            return self._ask_place(case, subject, words)
        elif key in _FOR_ONE or key in _FOR_SEVERAL:
            return self._ask_people(key, subject, words)
        elif key == "urge":
            self._do(key, subject, partial(deeds.urge, case=subject))
        elif key == "withdraw":
            self._do(key, subject, partial(deeds.withdraw, case=subject, comment=words))
        elif key == "comment":
            self._do(key, subject, partial(deeds.comment, case=subject, words=words))
        elif key == "refuse":
            self._do(key, subject, partial(deeds.refuse, task=subject, comment=words))
        else:
            self._do(key, subject, partial(_PLAIN[key], task=subject, comment=words))
        return None

    def button_of(self, key: str) -> QWidget:
        """The button of an action, or where it would stand."""
        objects = self.offered[key].associatedObjects()
        return next((one for one in objects if isinstance(one, QWidget) and one is not self._place), self._place)

    def _ask_place(self, case: Case, task: int, words: str) -> QWidget | None:
        back = partial(deeds.give_back, task=task, comment=words)
        if not case.behind:
            self._do("return", task, back)
            return None
        menu = QMenu(self._place)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        to = menu.addAction(_(N_("To the requester, {name}"), name=case.requester))
        to.triggered.connect(lambda: self._do("return", task, back))
        for place, step in case.behind:
            to = menu.addAction(_(N_("To the step “{step}”"), step=step))
            to.triggered.connect(partial(self._do, "return", task, partial(back, place=place)))
        menu.setActiveAction(menu.actions()[0])
        button = self.button_of("return")
        menu.popup(button.mapToGlobal(button.rect().topLeft()) - menu.rect().bottomLeft())
        return menu

    def _ask_people(self, key: str, subject: int, words: str) -> QWidget:
        popup = PeoplePopup(self._workspace, _(ACTIONS[key]), self._place, several=key in _FOR_SEVERAL)
        popup.chosen.connect(partial(self._with_people, key, subject, words))
        popup.open_above(self.button_of(key))
        return popup

    def _with_people(self, key: str, subject: int, words: str, people: Sequence[int]) -> None:
        if key == "copy":
            self._do(key, subject, partial(deeds.send_copy, case=subject, people=people, words=words))
        elif key in _FOR_ONE:
            self._do(key, subject, partial(_FOR_ONE[key], task=subject, person=people[0], comment=words))
        else:
            before = key == "add_before"
            self._do(
                key, subject, partial(deeds.add_signers, task=subject, people=people, comment=words, before=before)
            )

    def _do(self, key: str, subject: int, deed: work.Deed, _checked: bool = False) -> None:
        for action in self.offered.values():
            action.setEnabled(False)  # until the answer is there: nobody means to decide twice
        request = self._keys.setdefault((key, subject), uuid.uuid4())
        self._workspace.tasks.run(
            partial(work.do, self._workspace.office, deed, request),
            lambda _state: self._succeeded(key, subject),
            owner=self,
            key="do",
            on_error=partial(self._fail, key, subject),
        )

    def _succeeded(self, key: str, subject: int) -> None:
        self._keys.pop((key, subject), None)
        case = self._case
        if case is not None:
            self._workspace.notices.say(f"{_(ACTIONS[key])} · {case.number}", Tone.DONE)
        self.done.emit(key)

    def _fail(self, key: str, subject: int, error: BaseException) -> None:
        if not isinstance(error, ConnectionLost):
            self._keys.pop((key, subject), None)  # after a lost connection the same click is repeated, not a second one
        self.show(self._case, self._task.id if self._task else None)
        if isinstance(error, UserError):
            self.failed.emit(str(error))
        else:
            self._workspace.notices.report(error)

    def _action(self, key: str) -> QAction:
        action = actions.make(f"approval_{key}", self, partial(self.do, key))
        return actions.bind(action, self._place, inside=True)
