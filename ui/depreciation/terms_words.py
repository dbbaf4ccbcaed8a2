"""The terms of an asset in words: what they are and who says them."""

from __future__ import annotations

from decimal import Decimal

from db.models.assets import Method
from logistics_desktop.features.assets.choices import METHODS
from logistics_desktop.features.depreciation.one_asset import Sourced
from logistics_desktop.i18n import N_, _
from ui.depreciation.numbers import money


def value_of(key: str, value: object) -> str:
    """A term as it is shown."""
    if isinstance(value, Method):
        return _(METHODS[value].label)
    if key in ("cost", "residual") and isinstance(value, Decimal):
        return money(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return str(value)


def origin_of(term: Sourced) -> str:
    """Who says a term; of a class its name."""
    origin = _(term.origin.value)
    if term.class_name is None:
        return origin
    return _(N_("{origin} “{name}”"), origin=origin, name=term.class_name)
