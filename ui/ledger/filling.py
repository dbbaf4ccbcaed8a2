"""Fills the fields of a form that follow from others, and says under each where its value comes from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from logistics_desktop.context import Office
from logistics_desktop.i18n import _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.fills import Fill
from logistics_desktop.ledger.referred import referred
from logistics_desktop.ledgers import LEDGERS
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.ledger.form import Form


def _read(office: Office, target: Entity, record: int, _job: Job) -> dict[str, Any]:
    with office.session() as session:
        return referred(session, LEDGERS, target, record)


class Filling(QObject):
    """Writes into fields that are empty or that it has filled before; what the user types is the user's."""

    def __init__(self, workspace: Workspace, entity: Entity, form: Form) -> None:
        super().__init__(form)
        self._workspace = workspace
        self._entity = entity
        self._form = form
        self._seen: Mapping[str, Any] = {}
        self._filled: dict[str, Fill] = {}
        self._round = 0  # a record shown is a round: what was read for the one before comes too late

    def begin(self) -> None:
        """The form shows something else, as it was stored or kept: nothing follows from that."""
        self._round += 1
        self._filled.clear()
        self._seen = self._form.readable()

    def typed(self, key: str) -> None:
        """The user has changed a field."""
        self._filled.pop(key, None)
        self._form.whisper(key, "")

    def left(self, key: str) -> None:
        """The user went on from a field: fill what follows from it, if it holds something else now."""
        values = self._form.readable()
        if values.get(key) == self._seen.get(key):
            return
        self._seen = {**self._seen, key: values.get(key)}
        for fill in self._entity.fills:
            if key in fill.watches:
                self._ask(fill, values)

    def _ask(self, fill: Fill, values: Mapping[str, Any]) -> None:
        if not fill.reference:
            self._take(fill, self._round, {})
            return
        number = values.get(fill.reference)
        if number is None:
            return
        target = LEDGERS.target(self._entity.by_key[fill.reference])
        work = partial(_read, self._workspace.office, target, number)
        take = partial(self._take, fill, self._round)
        self._workspace.tasks.run(work, take, owner=self, key=("fill", fill.reference, fill.gives))

    def _take(self, fill: Fill, asked_in: int, row: Mapping[str, Any]) -> None:
        if asked_in != self._round:
            return
        made = fill.make(self._form.readable(), row)
        for key in fill.gives:
            self._put(fill, key, made.get(key))

    def _put(self, fill: Fill, key: str, value: Any) -> None:
        ours = key in self._filled
        stays = value is None and self._filled.get(key) is not fill
        if stays or not (ours or self._form.is_empty(key)):
            return
        if value is None:
            del self._filled[key]
        else:
            self._filled[key] = fill
        same = (value.id if isinstance(value, Reference) else value) == self._form.readable().get(key)
        self._form.whisper(key, "" if value is None else _(fill.because))
        if not same:
            self._form.put(key, value)
            self.left(key)
