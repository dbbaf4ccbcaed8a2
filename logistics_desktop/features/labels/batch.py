"""Many labels: read from the database in pieces, all checked before the first is printed."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.checks import check_design, check_label
from logistics_desktop.features.labels.design import Design
from logistics_desktop.features.labels.filling import Label, fill, needed_keys
from logistics_desktop.features.labels.geometry import Grid
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.rows import page
from logistics_desktop.ledgers import LEDGERS

if TYPE_CHECKING:
    from logistics_desktop.context import Office

_CHUNK = 500
_MOST_TOLD = 10


@dataclass(frozen=True)
class Batch:
    """The labels of some rows of a ledger in their order, each `copies` times."""

    office: Office
    entity: Entity
    design: Design
    ids: array[int]
    copies: int = 1

    @property
    def count(self) -> int:
        """How many labels there are to be."""
        return len(self.ids) * self.copies

    def labels(self) -> Iterator[Label]:
        """The label of each row, read a piece at a time. Raises `UserError` where rows were deleted meanwhile."""
        keys = needed_keys(self.design, self.entity)
        for at in range(0, len(self.ids), _CHUNK):
            wanted = self.ids[at : at + _CHUNK]
            with self.office.session() as session:
                found = page(session, LEDGERS, self.entity, wanted, keys)
            if len(found) < len(wanted):
                raise UserError(
                    N_("{count} of the rows have been deleted meanwhile. Select again what is to be printed."),
                    count=len(wanted) - len(found),
                )
            for row in found:
                yield fill(self.design, self.entity, keys, row)

    def check(self, grid: Grid, job: Job) -> None:
        """Raise one `UserError` with everything that keeps these labels from being printed."""
        check_design(self.design, self.entity)
        told: list[str] = []
        wrong = 0
        for done, label in enumerate(self.labels()):
            if done % _CHUNK == 0:
                job.progress(done, len(self.ids), _(N_("Checking the labels")))
            try:
                check_label(self.design, label, grid)
            except UserError as problem:
                wrong += 1
                if wrong <= _MOST_TOLD:
                    told.append(str(problem))
        if wrong:
            raise UserError(
                N_("{wrong} of {count} labels cannot be printed, so none was.\n{problems}"),
                wrong=wrong,
                count=len(self.ids),
                problems="\n".join([*told, *(["…"] if wrong > _MOST_TOLD else [])]),
            )
