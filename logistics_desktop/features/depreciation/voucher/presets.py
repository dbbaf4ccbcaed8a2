"""Layouts that accounting programs usually read, to begin with."""

from __future__ import annotations

from collections.abc import Mapping

from logistics_desktop.features.depreciation.voucher.layout import Column, Layout, Part, Rows
from logistics_desktop.i18n import N_


def _columns(*parts: Part) -> tuple[Column, ...]:
    return tuple(Column(part) for part in parts)


_HEAD = (Part.DATE, Part.WORD, Part.NUMBER, Part.LINE, Part.TEXT, Part.ACCOUNT, Part.ACCOUNT_NAME)

PRESETS: Mapping[str, tuple[str, Layout]] = {
    "two_columns": (
        N_("Debit and credit in two columns"),
        Layout(_columns(*_HEAD, Part.DEPARTMENT, Part.DEBIT, Part.CREDIT)),
    ),
    "auxiliary": (
        N_("Debit and credit in two columns, departments by their codes"),
        Layout(
            _columns(*_HEAD, Part.DEPARTMENT_CODE, Part.DEPARTMENT, Part.CURRENCY, Part.DEBIT, Part.CREDIT),
            credits=Rows.ACCOUNT,
            zeros=True,
        ),
    ),
    "direction": (
        N_("One amount and its direction"),
        Layout(
            _columns(
                *(Part.PERIOD, Part.DATE, Part.WORD, Part.NUMBER, Part.TEXT),
                *(Part.ACCOUNT, Part.DEPARTMENT_CODE, Part.DIRECTION, Part.AMOUNT),
            ),
            date="%Y-%m-%d",
        ),
    ),
    "signed": (
        N_("One amount, credit below zero"),
        Layout(
            _columns(Part.DATE, Part.NUMBER, Part.TEXT, Part.ACCOUNT, Part.DEPARTMENT_CODE, Part.SIGNED),
            date="%Y%m%d",
            credits=Rows.ACCOUNT,
        ),
    ),
    "by_account": (
        N_("One row for each account"),
        Layout(_columns(*_HEAD, Part.DEBIT, Part.CREDIT), debits=Rows.ACCOUNT, credits=Rows.ACCOUNT),
    ),
}
"""By key: what the layout is called, and the layout."""

FIRST = "two_columns"
