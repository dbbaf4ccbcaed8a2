"""One import on its way from a file to the ledger: what was read, what the user decided, what became of it."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from logistics_desktop.collecting import collect_again
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.workbook.findings import SheetFinding
from logistics_desktop.workbook.intake import Intake
from logistics_desktop.workbook.planned import Decision, Missing, Options, Parents
from logistics_desktop.workbook.undo import Undone
from ui.ledger.importing import work
from ui.ledger.importing.work import Checked, Stored
from ui.workspace import Workspace

T = TypeVar("T")


class Stage(enum.IntEnum):
    """The steps of the assistant, in their order."""

    FILE = 0
    COLUMNS = 1
    CHECK = 2
    DONE = 3


class Course(QObject):
    """Does what the pages ask for in workers, one thing at a time, and tells them what came of it.

    A decision of the user has the sheet checked again at once; the newest decision wins.
    """

    changed = Signal()  # there is something else to show
    arrived = Signal(Stage)  # the step that is next
    working = Signal(bool)
    said = Signal(str)  # what went wrong, in words; "" when something new begins

    def __init__(self, workspace: Workspace, entity: Entity, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.entity = entity
        self.path: Path | None = None
        self.job: Job | None = None
        self.intake: Intake | None = None
        self.sheet: SheetFinding | None = None
        self.options = Options()
        self.checked: Checked | None = None
        self.stored: Stored | None = None
        self.undone: Undone | None = None
        self.storing = False
        self.stale = False  # the user decided something that is not checked yet
        self._batch = uuid.uuid4()
        self.destroyed.connect(collect_again)

    def open(self, path: Path, headers: Mapping[str, int] | None = None) -> None:
        """Read a file; `headers` says in which row of which sheet the user sees the header."""
        self.path = path
        self.intake = self.sheet = None
        self._begin()
        self.changed.emit()
        take = partial(self._take_intake, next(iter(headers), None) if headers else None)
        self._run(
            partial(work.read, self.workspace.office, path, self.entity, headers), take, _(N_("Reading the file"))
        )

    def choose_sheet(self, name: str) -> None:
        """Import another sheet of the file."""
        if self.intake is not None:
            self.sheet = next(sheet for sheet in self.intake.workbook.sheets if sheet.name == name)
            self._begin()
            self.check()

    def choose_field(self, column: int, key: str) -> None:
        """Have a column fill a field, `""` for none; whichever column was chosen for that field before gives it up."""
        others = {at: known for at, known in self.options.columns.items() if not key or known != key}
        self._decide(replace(self.options, columns={**others, column: key}))

    def give(self, key: str, text: str) -> None:
        """Say what stands in every row for a field that has no column."""
        self._decide(replace(self.options, given={**self.options.given, key: text}))

    def choose_parents(self, way: Parents) -> None:
        """Say what makes a tree of the rows."""
        self._decide(replace(self.options, parents=way))

    def clear_empty(self, key: str, *, clear: bool) -> None:
        """Say whether an empty cell clears the value that is stored."""
        fields = self.options.clear | {key} if clear else self.options.clear - {key}
        self._decide(replace(self.options, clear=fields))

    def give_meaning(self, words: Iterable[tuple[str, str]], value: str) -> None:
        """Have words, each with its field's key, mean a choice."""
        self._decide(replace(self.options, words={**self.options.words, **dict.fromkeys(words, value)}))

    def decide(self, names: Iterable[Missing], decision: Decision) -> None:
        """Say what is to be done about unknown names."""
        decided = {(one.ledger, one.name): decision for one in names}
        self._decide(replace(self.options, decisions={**self.options.decisions, **decided}))

    def create_all(self) -> None:
        """Have every name made about which nothing was decided."""
        self._decide(replace(self.options, create_missing=True))

    def check(self) -> None:
        """Say again what the import would do."""
        if self.intake is not None and self.sheet is not None:
            self.stale = True
            source = self.intake.source(self.sheet)
            do = partial(work.check, self.workspace.office, self.entity, source, self.options)
            self._run(do, self._take_checked, _(N_("Checking the rows")))

    def store(self) -> None:
        """Import everything."""
        assert self.checked is not None
        do = partial(work.store, self.workspace.office, self.checked, self._batch)
        self._store(do)

    def store_good(self, target: Path) -> None:
        """Import the good rows and save the user's file with what is wrong with the others."""
        assert self.checked is not None
        assert self.path is not None
        do = partial(work.store_good, self.workspace.office, self.checked, self._batch, self.path, target)
        self._store(do)

    def undo(self) -> None:
        """Take the import back."""
        assert self.stored is not None
        do = partial(work.take_back, self.workspace.office, self.stored.applied.batch)
        self._run(do, self._take_undone, _(N_("Undoing the import")))

    def stop(self) -> None:
        """Stop what is under way."""
        if self.job is not None:
            self.workspace.tasks.cancel(self.job)

    def _begin(self) -> None:
        """Forget what was decided and done about another file or sheet."""
        self.options = Options()
        self.checked = self.stored = self.undone = None
        self.stale = False

    def _decide(self, options: Options) -> None:
        self.options = options
        self.check()

    def _store(self, do: Callable[[Job], Stored]) -> None:
        self.storing = True
        self._run(do, self._take_stored, _(N_("Importing")))

    def _run(self, do: Callable[[Job], T], then: Callable[[T], None], title: str) -> None:
        self.said.emit("")
        self.job = self.workspace.tasks.run(
            do, partial(self._finish, then), owner=self, key="import", on_error=self._fail, title=title
        )
        self.working.emit(True)

    def _finish(self, then: Callable[[T], None], value: T) -> None:
        self._end()
        then(value)

    def _fail(self, error: BaseException) -> None:
        self._end()
        if isinstance(error, UserError):
            self.said.emit(str(error))
        else:
            self.workspace.notices.report(error)
        self.changed.emit()

    def _end(self) -> None:
        self.job = None
        self.storing = False
        self.working.emit(False)

    def _take_intake(self, chosen: str | None, intake: Intake) -> None:
        self.intake = intake
        self.changed.emit()
        try:
            self.sheet = intake.sheet(chosen)
        except UserError as error:
            self.said.emit(str(error))
        else:
            self.check()

    def _take_checked(self, checked: Checked) -> None:
        first = self.checked is None
        self.checked = checked
        self.stale = False
        self._batch = uuid.uuid4()
        self.changed.emit()
        if first:
            self.arrived.emit(Stage.CHECK if self._clear() else Stage.COLUMNS)

    def _clear(self) -> bool:
        """Whether the columns need no look: rows have names, or are known by their codes."""
        assert self.checked is not None
        plan = self.checked.plan
        return self.entity.title.key in plan.keys or bool(plan.existing)

    def _take_stored(self, stored: Stored) -> None:
        self.stored = stored
        self.changed.emit()
        self.arrived.emit(Stage.DONE)

    def _take_undone(self, undone: Undone) -> None:
        self.undone = undone
        self.changed.emit()
