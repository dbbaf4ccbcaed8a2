"""The columns that sheets with a row for each asset share, and their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from logistics_desktop.features.assets.choices import METHODS
from logistics_desktop.features.depreciation.entries import Line
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.write import ColumnOut

# By the name that an entry has for it.
_COLUMNS = {
    "code": ColumnOut(N_("Asset no."), "code", 15),
    "name": ColumnOut(N_("Name"), "text", 20),
    "specification": ColumnOut(N_("Specification"), "text", 14),
    "class_code": ColumnOut(N_("Class code"), "code", 12),
    "class_name": ColumnOut(N_("Class"), "text", 14),
    "department_name": ColumnOut(N_("Department"), "text", 14),
    "quantity": ColumnOut(N_("Quantity"), "quantity", 8, total=True),
    "unit": ColumnOut(N_("Unit"), "text", 6),
    "in_service_on": ColumnOut(N_("In service since"), "date", 11),
    "method": ColumnOut(N_("Method"), "text", 11),
    "life_months": ColumnOut(N_("Life in months"), "integer", 8),
    "months_charged": ColumnOut(N_("Months charged"), "integer", 8),
    "cost": ColumnOut(N_("Original value"), "money", 15, total=True),
    "residual": ColumnOut(N_("Residual value"), "money", 13, total=True),
    "amount": ColumnOut(N_("Depreciation of the month"), "money", 14, total=True),
    "accumulated": ColumnOut(N_("Accumulated depreciation"), "money", 15, total=True),
    "impairment": ColumnOut(N_("Impairment"), "money", 12, total=True),
    "book_value": ColumnOut(N_("Book value"), "money", 15, total=True),
    "gone": ColumnOut(N_("Remark"), "text", 12),
}


def columns_of(keys: Sequence[str]) -> list[ColumnOut]:
    """The columns in the user's language."""
    return [replace(_COLUMNS[key], header=_(_COLUMNS[key].header)) for key in keys]


def rows_of(lines: Iterable[Line], keys: Sequence[str]) -> Iterator[list[object]]:
    """The rows, in words where the entry has a mark."""
    words: dict[str, dict[object, str]] = {
        "method": {method: _(choice.label) for method, choice in METHODS.items()},
        "gone": {True: _(N_("left in this month")), False: ""},
    }
    worded = [(keys.index(key), said) for key, said in words.items() if key in keys]
    values_of = attrgetter(*keys)
    for line in lines:
        row = list(values_of(line))
        for at, said in worded:
            row[at] = said[row[at]]
        yield row
