"""What must hold within one asset, and of the terms by which a class depreciates."""

from __future__ import annotations

from decimal import Decimal

from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.refusals import broken_life
from logistics_desktop.features.depreciation.standards import ACCELERATED
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Values


def check_range(values: Values) -> dict[str, UserError]:
    """Answer a life or a residual rate that cannot be, by field key."""
    wrong = {}
    rate, life = values.get("residual_rate"), values.get("life_months")
    if rate is not None and not 0 <= rate <= 1:
        wrong["residual_rate"] = UserError(N_("A rate lies between 0 % and 100 %."))
    if life is not None and not 1 <= life <= 1200:
        wrong["life_months"] = UserError(N_("A life lies between 1 and 1,200 months."))
    return wrong


def check_terms(values: Values) -> dict[str, UserError]:
    """The same, with an accelerated method that is given a life of broken years."""
    wrong, life = check_range(values), values.get("life_months")
    if "life_months" not in wrong and life is not None and life % 12 and values.get("method") in ACCELERATED:
        wrong["life_months"] = broken_life(life)
    return wrong


def check_asset(values: Values) -> dict[str, UserError]:
    """Answer the fields of `values` that contradict each other or leave their range, by field key."""
    wrong = check_range(values)
    for key in ("quantity", "unit_price", "original_value", "residual_value"):
        if _below_zero(values.get(key)):
            wrong[key] = UserError(N_("Must not be below zero."))
    cost, residual = values.get("original_value"), values.get("residual_value")
    if "residual_value" not in wrong and residual is not None and cost is not None and residual > cost:
        wrong["residual_value"] = UserError(
            N_("The residual value {residual} is above the original value {cost}."), residual=residual, cost=cost
        )
    begun, gone = values.get("in_service_on"), values.get("disposed_on")
    if begun is not None and gone is not None and gone < begun:
        wrong["disposed_on"] = UserError(
            N_("The day of disposal {disposed} lies before the day in service {in_service}."),
            disposed=gone,
            in_service=begun,
        )
    return wrong


def _below_zero(value: Decimal | None) -> bool:
    return value is not None and value < 0
