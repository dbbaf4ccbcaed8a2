"""The depreciation of a month as a ledger: searched, filtered, grouped, summed and exported as any other."""

from __future__ import annotations

from dataclasses import replace

from db.models.depreciation_line import DepreciationLine
from logistics_desktop.features.assets.choices import METHODS
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field, Kind

_LINES = Entity(
    key="depreciation_lines",
    model=DepreciationLine,
    label=N_("Depreciation of a month"),
    singular=N_("Entry"),
    icon="depreciation",
    match=(DepreciationLine.code,),
    title=DepreciationLine.name,
    code_prefix="",
    order=(DepreciationLine.code,),
    read_only=True,
    found_in="asset",
    fields=(
        Field(DepreciationLine.code, N_("Asset code"), as_kind=Kind.CODE, width=16, searched=True),
        Field(DepreciationLine.name, N_("Name"), width=18, searched=True, initials=True),
        Field(DepreciationLine.class_id, N_("Class"), width=14),
        Field(DepreciationLine.department_id, N_("Department"), width=14),
        Field(DepreciationLine.method, N_("Depreciation method"), choices=METHODS, width=14),
        Field(DepreciationLine.in_service_on, N_("In service on"), width=11),
        Field(DepreciationLine.cost, N_("Original value"), total=True, width=14),
        Field(DepreciationLine.residual, N_("Residual value"), total=True, shown=False),
        Field(DepreciationLine.amount, N_("Charge of the month"), total=True, width=14),
        Field(DepreciationLine.accumulated, N_("Accumulated depreciation"), total=True, width=14),
        Field(DepreciationLine.impairment, N_("Impairment"), total=True, shown=False),
        Field(DepreciationLine.book_value, N_("Book value"), total=True, width=14),
        Field(DepreciationLine.life_months, N_("Life (months)"), width=9),
        Field(DepreciationLine.months_charged, N_("Months charged"), as_kind=Kind.INTEGER, width=8),
        Field(DepreciationLine.months, N_("Months in this entry"), as_kind=Kind.INTEGER, shown=False, width=8),
        Field(DepreciationLine.units, N_("Units of the month"), shown=False),
        Field(DepreciationLine.specification, N_("Specification"), shown=False, width=16),
        Field(DepreciationLine.quantity, N_("Quantity"), shown=False, width=8),
        Field(DepreciationLine.location_id, N_("Location"), shown=False, width=14),
        Field(DepreciationLine.keeper_id, N_("Keeper"), shown=False),
    ),
)


def month_ledger(book: int, month: Month) -> Entity:
    """The ledger of one month of a book."""
    return replace(_LINES, scope={"book_id": book, "month": month.first_day})
