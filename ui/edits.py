"""Every change that is made in cells, one after the other, and taking them back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QObject, Signal

from logistics_desktop.errors import Conflict
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.changes import Changes
from ui.notices import Notices, Tone
from ui.tasks import Tasks

if TYPE_CHECKING:
    from logistics_desktop.context import Office
    from logistics_desktop.ledger.edits import Step

Work = Callable[[Job], Any]
Failed = Callable[[BaseException], object]


@dataclass(frozen=True, slots=True)
class _Order:
    """Work that is made up only when its turn comes, since what goes before may change it."""

    begin: Callable[[], Work | None]
    then: Callable[[Any], object]
    failed: Failed
    title: str = ""


class Edits(QObject):
    """The changes of one window.

    They are stored in the order in which they were made: an undo right after an edit finds that edit stored. What was
    stored is undone in the opposite order, as long as nobody else has changed those rows.
    """

    changed = Signal()  # what can be undone or redone
    stored = Signal(object)  # Step: it was done, undone or redone
    _idle = Signal()

    def __init__(
        self, office: Office, tasks: Tasks, notices: Notices, changes: Changes, parent: QObject | None = None
    ) -> None:
        # Imported here, so that the program can show something before it has loaded what talks to the database.
        from logistics_desktop.ledger.undo_stack import UndoStack
        from logistics_desktop.ledgers import LEDGERS

        super().__init__(parent)
        self._ledgers = LEDGERS
        self._office = office
        self._tasks = tasks
        self._notices = notices
        self._changes = changes
        self._stack = UndoStack()
        self._orders: deque[_Order] = deque()
        self._busy = False

    @property
    def to_undo(self) -> str:
        """What would be undone, in words; empty where there is nothing."""
        step = self._stack.to_undo
        return step.in_words(self._ledgers) if step else ""

    @property
    def to_redo(self) -> str:
        """What would be done again, in words; empty where there is nothing."""
        step = self._stack.to_redo
        return step.in_words(self._ledgers) if step else ""

    def run(
        self, begin: Callable[[], Work], then: Callable[[Any], object], failed: Failed | None = None, title: str = ""
    ) -> None:
        """Do work when the changes before it are stored: `begin` gives it then; `then` and `failed` as in `Tasks`."""
        self._add(_Order(begin, then, failed or self._notices.report, title))

    def add(self, step: Step) -> None:
        """Remember what was stored, so that it can be undone."""
        self._stack.add(step)
        self._tell(step)

    def undo(self) -> None:
        """Take the latest step back."""
        self._add(_Order(self._begin_undo, self._undone, partial(self._not_done, self._stack.drop_undo)))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._add(_Order(self._begin_redo, self._redone, partial(self._not_done, self._stack.drop_redo)))

    def wait(self) -> None:
        """Stay until everything is stored, before a screen goes; the user can do nothing meanwhile."""
        if self._busy:
            loop = QEventLoop()
            self._idle.connect(loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _add(self, order: _Order) -> None:
        self._orders.append(order)
        self._next()

    def _next(self) -> None:
        while self._orders and not self._busy:
            order = self._orders.popleft()
            work = order.begin()
            if work is not None:
                self._busy = True
                then, failed = partial(self._took, order.then), partial(self._took, order.failed)
                self._tasks.run(work, then, owner=self, on_error=failed, title=order.title)

    def _took(self, take: Callable[[Any], object], result: Any) -> None:
        self._busy = False
        try:
            take(result)
        finally:
            self._next()
            if not self._busy:
                self._idle.emit()

    def _begin_undo(self) -> Work | None:
        step = self._stack.to_undo
        if step is None:
            self._notices.say(_(N_("There is nothing to undo.")))
        return partial(_undo, self._office, step) if step else None

    def _begin_redo(self) -> Work | None:
        step = self._stack.to_redo
        if step is None:
            self._notices.say(_(N_("There is nothing to redo.")))
        return partial(_redo, self._office, step) if step else None

    def _undone(self, step: Step) -> None:
        self._stack.undone(step)
        self._notices.say(_(N_("Undone: {what}."), what=step.in_words(self._ledgers)), Tone.DONE)
        self._tell(step)

    def _redone(self, step: Step) -> None:
        self._stack.redone(step)
        self._notices.say(_(N_("Done again: {what}."), what=step.in_words(self._ledgers)), Tone.DONE)
        self._tell(step)

    def _not_done(self, drop: Callable[[], object], error: BaseException) -> None:
        """What somebody else has worked on since can never be taken back; anything else may be mended first."""
        if isinstance(error, Conflict):
            drop()
            self.changed.emit()
        self._notices.report(error)

    def _tell(self, step: Step) -> None:
        self.changed.emit()
        self.stored.emit(step)
        self._changes.announce(frozenset({self._ledgers[step.ledger].table}))


def _undo(office: Office, step: Step, job: Job) -> Step:
    from logistics_desktop.ledger import edits
    from logistics_desktop.ledgers import LEDGERS

    return office.save(lambda session: edits.undo(session, LEDGERS, step), job=job)


def _redo(office: Office, step: Step, job: Job) -> Step:
    from logistics_desktop.ledger import edits
    from logistics_desktop.ledgers import LEDGERS

    return office.save(lambda session: edits.redo(session, LEDGERS, step), job=job)
