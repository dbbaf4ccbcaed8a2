"""A row of several things divided into cards, and cards made one row again: arithmetic, exact to the cent.

What is divided adds up to what there was, and what is put together again is what was divided.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from typing import Any

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_

SUMMED = ("quantity", "original_value", "residual_value")
"""The fields that are divided among the cards and added up again."""

OWN = ("code", "serial_number", "keeper_id", "location_id")
"""The fields in which the cards of one row may differ; when they become one row, the card that is kept decides."""

MOST = 5_000
"""Cards that are made in one step."""

_CENT = Decimal("0.01")
_SMALLEST = Decimal("0.0001")
_BETWEEN_SERIALS = re.compile(r"\s*[,，、;；\n]\s*")
_SERIALS_LENGTH = 200

Values = Mapping[str, Any]


def even(quantity: Decimal, count: int) -> list[Decimal]:
    """Divide a quantity into `count` parts, whole ones where it is whole. Raises `UserError` where that cannot be."""
    if not 2 <= count <= MOST:
        raise UserError(N_("A row is split into 2 to {most} cards."), most=f"{MOST:,}")
    whole = quantity == quantity.to_integral_value()
    step = Decimal(1) if whole else _SMALLEST
    if quantity < step * count:
        raise UserError(
            N_("A quantity of {quantity} cannot be split into {count} cards."), quantity=f"{quantity:f}", count=count
        )
    return [part.quantize(_SMALLEST) for part in sorted(share(quantity, [Decimal(1)] * count, step), reverse=True)]


def share(total: Decimal, weights: Sequence[Decimal], step: Decimal = _CENT) -> list[Decimal]:
    """Divide `total` by `weights`, each part a multiple of `step`; the parts add up to the total.

    Each part is within one step of its exact share, because what is rounded is the running sum.
    """
    whole = sum(weights)
    marks = [(total * upto / whole / step).quantize(Decimal(1), ROUND_HALF_UP) * step for upto in accumulate(weights)]
    return [mark - before for before, mark in zip([step * 0, *marks], marks, strict=False)]


def split(values: Values, quantities: Sequence[Decimal]) -> list[dict[str, Any]]:
    """Give the cards of a row, the first with what is the row's own (its number), all with their share of the cost.

    `quantities` add up to the row's. Serial numbers are dealt out where there is one for each card; otherwise they
    stay with the first. The price of one stays as it is. Raises `UserError`.
    """
    _check(values, quantities)
    costs = _shares(values.get("original_value"), quantities)
    residuals = _below(costs, _shares(values.get("residual_value"), quantities))
    serials = _serials(values.get("serial_number"))
    cards = []
    for at, quantity in enumerate(quantities):
        card = {**values, "quantity": quantity, "original_value": costs[at], "residual_value": residuals[at]}
        if at:
            card["code"] = card["serial_number"] = None
        if len(serials) == len(quantities):
            card["serial_number"] = serials[at]
        cards.append(card)
    return cards


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which cards differ; `kept` is the value that the one row would have, `forbidden` keeps them apart."""

    key: str
    values: tuple[Any, ...]
    kept: Any
    forbidden: bool


def differences(cards: Sequence[Values], keep: int = 0) -> list[Difference]:
    """Give the fields in which `cards` differ, besides what is added up; `keep` is the place of the card that stays."""
    found = []
    for key in cards[keep]:
        if key in SUMMED and not _mixed(cards, key):
            continue
        values = tuple(dict.fromkeys(card[key] for card in cards))
        if len(values) > 1:
            kept = _joined(cards, keep) if key == "serial_number" else cards[keep][key]
            forbidden = key not in OWN or (key == "serial_number" and len(kept or "") > _SERIALS_LENGTH)
            found.append(Difference(key, values, kept, forbidden))
    return found


def merge(cards: Sequence[Values], keep: int = 0) -> dict[str, Any]:
    """Give the row that `cards` make together. `differences` has to have said that they may become one."""
    whole = dict(cards[keep])
    for key in SUMMED:
        amounts = [card[key] for card in cards if card[key] is not None]
        whole[key] = sum(amounts) if amounts else None
    whole["serial_number"] = _joined(cards, keep)
    return whole


def _check(values: Values, quantities: Sequence[Decimal]) -> None:
    if not 2 <= len(quantities) <= MOST:
        raise UserError(N_("A row is split into 2 to {most} cards."), most=f"{MOST:,}")
    if any(quantity <= 0 for quantity in quantities):
        raise UserError(N_("Each card needs a quantity above zero."))
    total = sum(quantities, Decimal(0))
    if total != values["quantity"]:
        raise UserError(
            N_("The cards have {total} together, and the row has {quantity}."),
            total=f"{total.normalize():f}",
            quantity=f"{values['quantity'].normalize():f}",
        )


def _shares(total: Decimal | None, quantities: Sequence[Decimal]) -> Sequence[Decimal | None]:
    return [None] * len(quantities) if total is None else share(total, quantities)


def _below(costs: Sequence[Decimal | None], residuals: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Keep each residual value within its cost: a cent too much moves to a card that has room for it."""
    bounded: list[Decimal | None] = []
    over = Decimal(0)
    for cost, residual in zip(costs, residuals, strict=True):
        if cost is None or residual is None:
            return list(residuals)
        over += max(residual - cost, Decimal(0))
        bounded.append(min(residual, cost))
    for at, (cost, residual) in enumerate(zip(costs, bounded, strict=True)):
        assert cost is not None
        assert residual is not None
        more = min(over, cost - residual)
        bounded[at] = residual + more
        over -= more
    return bounded


def _serials(text: str | None) -> list[str]:
    return [part for part in _BETWEEN_SERIALS.split(text or "") if part]


def _joined(cards: Sequence[Values], keep: int) -> str | None:
    """The serial numbers of all cards, those of the kept one first."""
    ordered = [cards[keep], *cards[:keep], *cards[keep + 1 :]]
    texts = dict.fromkeys(card["serial_number"] for card in ordered if card["serial_number"])
    return ", ".join(texts) or None


def _mixed(cards: Sequence[Values], key: str) -> bool:
    """Whether some cards have an amount and others do not, so that a sum would say too little."""
    return len({card[key] is None for card in cards}) > 1
