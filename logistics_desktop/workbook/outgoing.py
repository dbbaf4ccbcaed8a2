"""From a value to what an Excel cell holds, so that reading the cell again gives the same value.

Excel keeps numbers to 15 significant digits and has no real dates before March 1900 (it believes in a
29 February 1900). A value beyond that goes out as text, exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Context, Decimal
from typing import Any, Literal

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _

Kind = Literal["text", "code", "money", "quantity", "integer", "rate", "date", "datetime", "bool"]

NUMBER_FORMATS: Mapping[Kind, str] = {
    "text": "General",
    "code": "@",
    "money": "#,##0.00",
    "quantity": "#,##0.00##",
    "integer": "0",
    "rate": "0.00##%",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
    "bool": "General",
}
"""How each kind is shown. A code is text in Excel's eyes too, so that 00123 typed into it keeps its zeros."""

MAX_TEXT = 32_767
"""Characters (UTF-16 units) in one Excel cell."""

_FIRST_DAY = date(1900, 3, 1)
_FIRST_MOMENT = datetime(1900, 3, 1)  # noqa: DTZ001 - Excel knows no time zones
_AS_EXCEL = Context(prec=15, traps=[])

Column = Sequence[Any]
Convert = Callable[[Column], Column]


def to_cells(kind: Kind, header: str) -> Convert:
    """Give the function that turns values of one column into what its cells hold; None is an empty cell.

    Text and codes are `str`; money, quantities, integers and rates (5 % is 0.05) are `int` or `Decimal`; a moment with
    a time zone goes out in the time of this PC. The function raises `UserError`, naming `header`, for a text that no
    cell can hold. It takes many values at once, as a call for each of two million cells would be felt.
    """
    if kind in ("text", "code"):
        return _texts_of(header)
    if kind == "bool":
        words = {None: None, True: _("Yes"), False: _("No")}
        return lambda values: [words[value] for value in values]
    return {"date": _days, "datetime": _moments}.get(kind, _numbers)


def _texts_of(header: str) -> Convert:
    def texts(values: Column) -> Column:
        if max(map(len, filter(None, values)), default=0) > MAX_TEXT // 2:  # a rare character counts twice
            for value in filter(None, values):
                _check_length(value, header)
        return values

    return texts


def _check_length(text: str, header: str) -> None:
    length = len(text.encode("utf-16-le")) // 2
    if length > MAX_TEXT:
        raise UserError(
            N_(
                "The text in column {column} that begins with “{start}” has {length} characters; "
                "an Excel cell holds {limit}. Shorten it or export to CSV."
            ),
            column=header,
            start=text[:20],
            length=length,
            limit=MAX_TEXT,
        )


def _numbers(values: Column) -> Column:
    rounded = _AS_EXCEL.plus
    return [v if v is None else float(v) if rounded(v) == v else format(Decimal(v), "f") for v in values]


def _days(values: Column) -> Column:
    return [v if v is None or v >= _FIRST_DAY else v.isoformat() for v in values]


def _moments(values: Column) -> Column:
    return [None if v is None else _moment(v) for v in values]


def _moment(value: datetime) -> datetime | str:
    local = value.astimezone().replace(tzinfo=None) if value.tzinfo else value
    return local.isoformat(" ", "seconds") if local < _FIRST_MOMENT else local
