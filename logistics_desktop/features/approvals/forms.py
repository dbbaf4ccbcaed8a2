"""The fields of a form in words: ids become names, amounts and flags are written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import AssetClass
from db.models.organisation import Department, Location, Staff
from logistics_desktop.features.approvals.routes import FormField
from logistics_desktop.i18n import N_, _

_CENTS = 2

POINTERS: Mapping[str, type[Any]] = {
    "staff": Staff,
    "department": Department,
    "location": Location,
    "asset_class": AssetClass,
}
"""The types of fields whose value is the number of a row elsewhere."""

Names = Mapping[tuple[str, int], str]
"""What rows are called, by the type of the field that points to them and their number."""


def names(session: Session, wanted: Iterable[tuple[str, int]]) -> Names:
    """The names of rows that fields point to; those that I may not see are left out."""
    found: dict[tuple[str, int], str] = {}
    asked = set(wanted)
    for kind, model in POINTERS.items():
        ids = [number for of, number in asked if of == kind]
        if ids:
            rows = session.execute(sa.select(model.id, model.name).where(model.id.in_(ids)))
            found |= {(kind, number): name for number, name in rows}
    return found


def pointed_to(fields: Iterable[FormField], form: Mapping[str, Any]) -> set[tuple[str, int]]:
    """What the fields of a form point to."""
    pairs = ((field.type, form.get(field.key)) for field in fields if field.type in POINTERS)
    return {(kind, int(value)) for kind, value in pairs if value not in (None, "")}


def text(field: FormField, value: Any, called: Names) -> str:
    """One value in words; empty where there is none."""
    if value is None or value == "":
        return ""
    if field.type in POINTERS:
        return called.get((field.type, int(value)), f"#{value}")
    if field.type == "number":
        return number_text(value)
    if field.type == "flag":
        return _(N_("yes")) if value else _(N_("no"))
    return str(value)


def number_text(value: Any) -> str:
    """A number with its thousands apart, exact; zeros that say nothing are left out, those of cents are kept."""
    try:
        said = f"{Decimal(str(value)):,f}"
    except InvalidOperation:
        return str(value)
    whole, point, places = said.partition(".")
    if len(places) <= _CENTS:
        return said
    kept = places.rstrip("0")
    return f"{whole}{point}{kept}" if kept else whole
