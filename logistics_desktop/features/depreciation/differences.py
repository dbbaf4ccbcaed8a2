"""The figures of an asset in finance's workbook and in ours, and how they may differ."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from logistics_desktop.features.depreciation.terms import Terms
from logistics_desktop.i18n import N_, _

CENT = Decimal("0.01")

LABELS = {
    "cost": N_("Original value"),
    "amount": N_("Monthly depreciation"),
    "accumulated": N_("Accumulated depreciation"),
    "book_value": N_("Book value"),
    "charged": N_("Months charged"),
    "year_amount": N_("Depreciation of the year"),
}
"""What the figures are called."""

COMPARED = ("cost", "amount", "accumulated", "book_value", "charged")
"""What is compared of an asset, in the order in which it is said."""


class Cause(enum.Enum):
    """Why two figures may differ (values are message ids with the parameters of `Guess`)."""

    MISSING_HERE = N_("not in this book: enter the asset, or look whether its number is written differently")
    GONE = N_("its card says “{status}”, so it is not in this book any more")
    LEFT_OUT = N_("it has a card, but the run left it out: “What to look at …” says why")
    MISSING_THERE = N_("not in the workbook")
    TWICE = N_("this number stands in the workbook more than once")
    UNREADABLE = N_("a figure in this row cannot be read")
    BELOW_ZERO = N_("the workbook is wrong: its book value falls below zero")
    NOT_ADDING = N_("the workbook does not add up: {cost} less {accumulated} is not {book_value}")
    FORMULA = N_("the workbook's formula gives something else than its own terms")
    PAST_LIFE = N_("the workbook goes on charging what is fully depreciated")
    COST = N_("original value: {theirs} there, {ours} here")
    ROUNDING = N_("rounding")
    METHOD = N_("method: {theirs} there, {ours} here")
    LIFE = N_("life: {theirs} months there, {ours} here")
    RESIDUAL = N_("residual value: {theirs} there, {ours} here")
    START = N_("start month: {theirs} there, {ours} here")
    EARLIER = N_("the workbook is as of {theirs}")
    UNKNOWN = N_("no cause was found: look at the terms of this asset")


@dataclass(frozen=True, slots=True)
class Figures:
    """An asset's figures at the end of a month; what is not known is None."""

    cost: Decimal | None = None
    amount: Decimal | None = None
    accumulated: Decimal | None = None
    book_value: Decimal | None = None
    charged: int | None = None


@dataclass(frozen=True, slots=True)
class Theirs:
    """A row of finance's workbook. `stated` are the terms that it says, by the keys of the asset's fields."""

    row: int
    code: str
    name: str
    figures: Figures
    stated: Mapping[str, Any] = field(default_factory=dict)
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class Ours:
    """An asset in the book, with its number there.

    `calendar` are the months that the calendar has charged, however long the life is.
    """

    code: str
    name: str
    figures: Figures
    terms: Terms | None = None
    calendar: int | None = None
    asset_id: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that differs; a side that does not have it is None."""

    field: str
    ours: Decimal | int | None
    theirs: Decimal | int | None

    def __str__(self) -> str:
        return _(
            "{label}: {theirs} there, {ours} here",
            label=_(LABELS[self.field]),
            theirs=_shown(self.theirs),
            ours=_shown(self.ours),
        )


@dataclass(frozen=True, slots=True)
class Guess:
    """A probable cause with the numbers for its words."""

    cause: Cause
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _(self.cause.value, **self.params)


def differences(theirs: Figures, ours: Figures, calendar: int | None = None) -> tuple[Difference, ...]:
    """The figures that both sides have and that differ by a cent or more."""
    found = []
    for name in COMPARED:
        there, here = getattr(theirs, name), getattr(ours, name)
        if there is None or here is None or (name == "charged" and there == calendar):
            continue
        if (there if name == "charged" else to_the_cent(there)) != here:
            found.append(Difference(name, here, there))
    return tuple(found)


def to_the_cent(amount: Decimal) -> Decimal:
    """An amount of a workbook as it shows it."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def _shown(value: Decimal | int | None) -> str:
    if value is None:
        return "—"
    return str(value) if isinstance(value, int) else f"{value:,.2f}"
