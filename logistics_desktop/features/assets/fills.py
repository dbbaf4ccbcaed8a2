"""What follows from other fields of an asset."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from db.models.assets import Asset
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.fills import Fill, Values, from_reference

_CENT = Decimal("0.01")


def original_value(values: Values, _referred: Values) -> Values:
    """Unit price × quantity, to the cent."""
    price, quantity = values.get("unit_price"), values.get("quantity")
    return {} if price is None or quantity is None else {"original_value": _cents(price * quantity)}


def residual_value(values: Values, _referred: Values) -> Values:
    """Original value × residual rate, to the cent."""
    cost, rate = values.get("original_value"), values.get("residual_rate")
    return {} if cost is None or rate is None else {"residual_value": _cents(cost * rate)}


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


ASSET_FILLS = (
    from_reference(
        Asset.class_id,
        {
            Asset.life_months: "life_months",
            Asset.method: "method",
            Asset.residual_rate: "residual_rate",
            Asset.unit: "unit",
        },
        N_("from the class"),
    ),
    Fill(("unit_price", "quantity"), ("original_value",), original_value, N_("= unit price × quantity")),
    Fill(("original_value", "residual_rate"), ("residual_value",), residual_value, N_("= original value × rate")),
    from_reference(Asset.keeper_id, {Asset.department_id: "department_id"}, N_("from the keeper")),
    from_reference(Asset.location_id, {Asset.department_id: "department_id"}, N_("from the location")),
)
