"""Deleting the selected records: named first, then all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from logistics_desktop.errors import Refused
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from ui.ledger import saving
from ui.ledger.ask import Answer, ask
from ui.ledger.reading import Block
from ui.ledger.saving import Doomed
from ui.ledger.table import LedgerTable
from ui.workspace import Workspace

MOST = 200  # a slip must not empty a ledger
_NAMED = 8


class Deleter:
    """Asks before it deletes, and says clearly why the database refuses."""

    def __init__(self, workspace: Workspace, entity: Entity, table: LedgerTable, done: Callable[[], object]) -> None:
        self._workspace = workspace
        self._entity = entity
        self._table = table
        self._done = done

    def ask(self) -> None:
        """Ask whether the selected rows are to go."""
        count = self._table.selected_count()
        if count > MOST:
            said = _(
                N_("{count} rows are selected; at most {most} can be deleted at once."), count=f"{count:,}", most=MOST
            )
            ask(self._window(), said, [Answer(_(N_("Close")))])
        elif count:
            ids = self._table.selected_ids()
            names = replace(self._table.rows.reader, keys=self._naming())
            self._workspace.tasks.run(partial(names.some, ids), self._ask, owner=self._table, key="delete")

    def _naming(self) -> tuple[str, ...]:
        """The fields that tell the user which row it is."""
        title = self._entity.title.key
        return tuple(dict.fromkeys(key for key in ("code", title) if key in self._entity.by_key))

    def _ask(self, block: Block) -> None:
        count = len(block.ids)
        doomed = [Doomed(each, block.versions[each]) for each in block.ids]
        names = ["  ".join(filter(None, block.texts[each])) for each in block.ids[:_NAMED]]
        if count > _NAMED:
            names.append(_(N_("and {count} more"), count=count - _NAMED))
        question = _(N_("Delete this row?")) if count == 1 else _(N_("Delete these {count} rows?"), count=count)
        answers = [Answer(_(N_("Delete")), partial(self._delete, doomed)), Answer(_(N_("Keep")))]
        ask(self._window(), question, answers, "\n".join(names))

    def _delete(self, doomed: list[Doomed]) -> None:
        work = partial(saving.delete, self._workspace.office, self._entity, doomed)
        self._workspace.tasks.run(work, self._say, owner=self._table, key="delete", on_error=self._refused)

    def _say(self, count: int) -> None:
        self._workspace.notices.say(_(N_("{count} deleted."), count=count))
        self._done()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            ask(self._window(), _(N_("Nothing was deleted.")), [Answer(_(N_("Close")))], str(error))
        else:
            self._workspace.notices.report(error)

    def _window(self) -> QWidget:
        return self._table.window()
