"""Fields that fill themselves from others, declared beside the ledger as pure functions.

A fill never overwrites what the user typed or what was stored: the form gives it only fields that are empty or that
a fill has filled before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

Values = Mapping[str, Any]
Make = Callable[[Values, Values], Values]


@dataclass(frozen=True, slots=True)
class Fill:
    """When one of `watches` changes, `make(values, referred)` answers what the fields `gives` should hold.

    `values` are those of the form, references as ids, unreadable ones missing. `referred` is the row that `reference`
    points to, where one is named; the fill is not asked while that reference is empty. What `make` leaves out is not
    known. `because` says under the field where its value comes from (a message id).
    """

    watches: tuple[str, ...]
    gives: tuple[str, ...]
    make: Make
    because: str
    reference: str = ""


def from_reference(
    reference: InstrumentedAttribute[Any], taken: Mapping[InstrumentedAttribute[Any], str], because: str
) -> Fill:
    """A fill that takes fields of the row that `reference` points to: own field to the other row's key."""
    keys = {own.key: theirs for own, theirs in taken.items()}

    def make(_values: Values, referred: Values) -> Values:
        return {own: referred[theirs] for own, theirs in keys.items() if referred.get(theirs) is not None}

    return Fill((reference.key,), tuple(keys), make, because, reference.key)
