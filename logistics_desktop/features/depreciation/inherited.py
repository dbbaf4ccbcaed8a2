"""Where the terms of an asset in a book come from.

The nearest place that says something is heard: a change of value, the asset in this book, its class in this book, the
card, the class. The class in the book goes before the card, since a card holds what is usual in the office.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from db.models.assets import Method, Standard
from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation import standards
from logistics_desktop.features.depreciation.cents import cents, half_up
from logistics_desktop.features.depreciation.classes import MILLION, Classes
from logistics_desktop.features.depreciation.standards import RULES
from logistics_desktop.i18n import N_

NOMINAL = cents(standards.NOMINAL)
"""The nominal value of what government bodies never depreciate, in cents."""


class Origin(enum.Enum):
    """Who says a term (values are message ids)."""

    CHANGE = N_("change of value in this book")
    ASSET_IN_BOOK = N_("this asset in this book")
    CLASS_IN_BOOK = N_("the class in this book")
    CARD = N_("the card of the asset")
    CLASS = N_("the class")
    STANDARD = N_("the standard")


@dataclass(frozen=True)
class Rulebook:
    """A book as a run needs it; months are numbers as `Month.index` gives them."""

    id: int
    standard: Standard
    first: int

    @cached_property
    def start_delay(self) -> int:
        """The months from the one in service to the first one charged."""
        return RULES[self.standard].start_delay

    @cached_property
    def grace(self) -> int:
        """1 where the month of disposal is charged, 0 where it is not."""
        return int(RULES[self.standard].charges_disposal_month)

    @cached_property
    def has_residual(self) -> bool:
        """Whether the standard knows a residual value."""
        return RULES[self.standard].has_residual


class Card(NamedTuple):
    """An asset as far as depreciation goes, with what a book says of it; money in cents, months as numbers."""

    id: int
    class_id: int | None
    department_id: int | None
    is_gone: bool
    in_service: int | None
    disposed: int | None
    cost: int | None
    method: Method | None
    life: int | None
    residual: int | None
    rate: int | None
    book_cost: int | None = None
    book_method: Method | None = None
    book_life: int | None = None
    book_residual: int | None = None
    book_rate: int | None = None
    total_units: Decimal | None = None
    starts: int | None = None
    opening_accumulated: int | None = None
    opening_months: int | None = None


class Effective(NamedTuple):
    """The terms that hold: what an entry keeps of them, and by which a later change is seen."""

    method: Method
    cost: int
    residual: int
    life: int | None
    total_units: Decimal | None


class Altered(NamedTuple):
    """A change of value in force from `month` on."""

    month: int
    cost: int | None = None
    life: int | None = None
    residual: int | None = None
    impairment: int | None = None
    method: Method | None = None


def effective(book: Rulebook, classes: Classes, card: Card, altered: tuple[Altered, ...] = ()) -> Effective | UserError:
    """The terms of an asset after the changes `altered`, or what keeps it from being depreciated."""
    in_book, general = classes.terms(card.class_id)
    cost = card.cost if card.book_cost is None else card.book_cost
    if cost is None:
        return UserError(N_("It has no original value. Fill it in on the card."))
    method = card.book_method or in_book.method or card.method or general.method or Method.STRAIGHT_LINE
    life = card.book_life or in_book.life or card.life or general.life
    on_card = card.residual if card.book_cost is None else None  # a value on the card belongs to the cost on the card
    residual = residual_value(
        book, cost, card.book_residual, card.book_rate, in_book.rate, on_card, card.rate, general.rate
    )
    for change in altered:
        method = change.method or method
        life = change.life or life
        cost = cost if change.cost is None else change.cost
        residual = residual if change.residual is None else change.residual
    if method is Method.NONE or (cost == NOMINAL and not book.has_residual):
        return Effective(Method.NONE, cost, 0, None, None)
    if life is None:
        return UserError(N_("It has no life. Fill it in on the card, or for its class."))
    return Effective(method, cost, residual, life, card.total_units if method is Method.UNITS_OF_PRODUCTION else None)


def residual_value(
    book: Rulebook,
    cost: int,
    of_asset: int | None,
    rate_of_asset: int | None,
    rate_in_book: int | None,
    on_card: int | None,
    rate_on_card: int | None,
    rate_of_class: int | None,
) -> int:
    """The residual value that the nearest place says, none where nobody says any."""
    if not book.has_residual:
        return 0
    if of_asset is not None:
        return of_asset
    rate = rate_in_book if rate_of_asset is None else rate_of_asset
    if rate is None:
        if on_card is not None:
            return on_card
        rate = rate_of_class if rate_on_card is None else rate_on_card
    return half_up(cost * rate, MILLION) if rate else 0


@dataclass(frozen=True, slots=True)
class Term:
    """One term with who says it; `class_id` is the class where one does."""

    value: object
    origin: Origin
    class_id: int | None = None


def origins(book: Rulebook, classes: Classes, card: Card, altered: tuple[Altered, ...] = ()) -> dict[str, Term]:
    """The fields of `Effective` with their origins; those that nobody says are missing."""
    found = effective(book, classes, card, altered)
    changed = {
        name for one in altered for name in ("method", "cost", "life", "residual") if getattr(one, name) is not None
    }
    terms = {
        "cost": Origin.CARD if card.book_cost is None else Origin.ASSET_IN_BOOK,
        "method": _said(classes, card, "method"),
        "life": _said(classes, card, "life"),
        "residual": _residual_said(book, classes, card),
        "total_units": Origin.ASSET_IN_BOOK,
    }
    if isinstance(found, UserError):
        return {}
    result = {}
    for name, origin in terms.items():
        value = getattr(found, name)
        if value is None:
            continue
        if name in changed:
            origin = Origin.CHANGE
        elif name == "method" and value is Method.NONE and origin is Origin.STANDARD:
            origin = Origin.STANDARD
        giver = None
        if origin in (Origin.CLASS_IN_BOOK, Origin.CLASS):
            field = "rate" if name == "residual" else name
            giver = classes.giver(card.class_id, field, in_book=origin is Origin.CLASS_IN_BOOK)
        result[name] = Term(value, origin, giver)
    return result


def _said(classes: Classes, card: Card, name: str) -> Origin:
    in_book, general = classes.terms(card.class_id)
    places = (
        (getattr(card, f"book_{name}"), Origin.ASSET_IN_BOOK),
        (getattr(in_book, name), Origin.CLASS_IN_BOOK),
        (getattr(card, name), Origin.CARD),
        (getattr(general, name), Origin.CLASS),
    )
    return next((origin for value, origin in places if value is not None), Origin.STANDARD)


def _residual_said(book: Rulebook, classes: Classes, card: Card) -> Origin:
    if not book.has_residual:
        return Origin.STANDARD
    if card.book_residual is not None:
        return Origin.ASSET_IN_BOOK
    origin = _said(classes, card, "rate")
    if origin in (Origin.ASSET_IN_BOOK, Origin.CLASS_IN_BOOK):
        return origin
    return Origin.CARD if card.residual is not None and card.book_cost is None else origin
