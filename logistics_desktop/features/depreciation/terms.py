"""What the depreciation of one asset follows from, and what may change in it later.

Money is in decimals of two places, lives are in months. What is refused stands in `refusals.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.refusals import ChangeRefused
from logistics_desktop.features.depreciation.standards import Method, Standard, first_month, last_month
from logistics_desktop.i18n import N_


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one asset in one book.

    `months` is the whole life. `opening_accumulated` was charged elsewhere in `opening_months`, the first months of
    the life. `begins` is the first month charged here; without it, it follows from the standard, the day in service
    and the opening months.
    """

    standard: Standard
    method: Method
    cost: Decimal
    residual: Decimal
    months: int
    in_service: date
    opening_accumulated: Decimal = Decimal(0)
    opening_months: int = 0
    disposed: date | None = None
    total_units: Decimal | None = None
    begins: Month | None = None

    @property
    def first(self) -> Month:
        """The first month that is charged here."""
        return self.begins or first_month(self.standard, self.in_service) + self.opening_months

    @property
    def last(self) -> Month | None:
        """The last month that may be charged, where the asset was disposed of."""
        return None if self.disposed is None else last_month(self.standard, self.disposed)


@dataclass(frozen=True, slots=True)
class Change:
    """What is different from a month on: that month is the first one charged anew.

    `cost` is the new original value (capitalised repair, revaluation), `months` the new whole life, counted from the
    first month charged, `residual` the new residual value; `impairment` takes its amount off the book value.
    """

    month: Month
    cost: Decimal | None = None
    months: int | None = None
    residual: Decimal | None = None
    impairment: Decimal | None = None
    method: Method | None = None
    total_units: Decimal | None = None

    def given(self) -> dict[str, Any]:
        """What the change says, by field."""
        values = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "month"}
        return {name: value for name, value in values.items() if value is not None}


def by_month(changes: Iterable[Change]) -> dict[Month, Change]:
    """The changes in order, those of one month made one. Raises `ChangeRefused` where two say the same field."""
    together: dict[Month, Change] = {}
    for change in sorted(changes, key=lambda one: one.month):
        so_far = together.get(change.month, Change(change.month)).given()
        given = change.given()
        twice = so_far.keys() & given.keys()
        if twice:
            wrong = UserError(N_("The change of {month} is given twice for the same field."), month=change.month)
            raise ChangeRefused(dict.fromkeys(sorted(twice), wrong))
        together[change.month] = Change(change.month, **so_far, **given)
    return together
