"""The names of rows of another ledger, read by their ids."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from logistics_desktop.context import Office
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import kinds, rows
from logistics_desktop.ledger.fields import Field
from logistics_desktop.ledgers import LEDGERS


def read_names(office: Office, field: Field, ids: Iterable[int], _job: Job) -> dict[int, str]:
    """What the rows that `field` may point to are called, by id; those that are gone are missing."""
    target = LEDGERS.target(field)
    title = target.by_key[target.title.key]
    with office.session() as session:
        found = rows.page(session, LEDGERS, target, array("q", ids), (title.key,))
    return {row.id: kinds.text_of(title, row.values[0]) for row in found}
