"""How an accounting program wants vouchers: which columns in which order, how dates look, what one row stands for."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_


class Part(enum.Enum):
    """What a column holds."""

    DATE = "date"
    PERIOD = "period"
    WORD = "word"
    NUMBER = "number"
    LINE = "line"
    TEXT = "text"
    ACCOUNT = "account"
    ACCOUNT_NAME = "account_name"
    DEPARTMENT_CODE = "department_code"
    DEPARTMENT = "department"
    CLASS_CODE = "class_code"
    CLASS = "class"
    DEBIT = "debit"
    CREDIT = "credit"
    DIRECTION = "direction"
    AMOUNT = "amount"
    SIGNED = "signed"
    CURRENCY = "currency"
    FIXED = "fixed"


LABELS: Mapping[Part, str] = {
    Part.DATE: N_("Date"),
    Part.PERIOD: N_("Accounting period"),
    Part.WORD: N_("Voucher word"),
    Part.NUMBER: N_("Voucher no."),
    Part.LINE: N_("Line no."),
    Part.TEXT: N_("Voucher text"),
    Part.ACCOUNT: N_("Account code"),
    Part.ACCOUNT_NAME: N_("Account name"),
    Part.DEPARTMENT_CODE: N_("Department code"),
    Part.DEPARTMENT: N_("Department"),
    Part.CLASS_CODE: N_("Class code"),
    Part.CLASS: N_("Class"),
    Part.DEBIT: N_("Debit"),
    Part.CREDIT: N_("Credit"),
    Part.DIRECTION: N_("Debit or credit"),
    Part.AMOUNT: N_("Amount"),
    Part.SIGNED: N_("Amount, credit below zero"),
    Part.CURRENCY: N_("Currency"),
    Part.FIXED: N_("Fixed text"),
}
"""What the columns are called, unless a layout calls them otherwise."""

DATES: Mapping[str, str] = {
    "excel": N_("as Excel's own date"),
    "%Y-%m-%d": "2026-05-31",
    "%Y/%m/%d": "2026/05/31",
    "%Y.%m.%d": "2026.05.31",
    "%Y%m%d": "20260531",
}
"""The ways in which a date may stand, each with an example."""

ENCODINGS: Mapping[str, str] = {"utf-8-sig": N_("UTF-8"), "gb18030": N_("GB18030 (older programs)")}
"""How a CSV file is written."""


class Rows(enum.Enum):
    """What one row of a side stands for."""

    ACCOUNT = "account"
    DEPARTMENT = "department"
    CLASS = "class"
    BOTH = "both"


ROWS: Mapping[Rows, str] = {
    Rows.ACCOUNT: N_("an account"),
    Rows.DEPARTMENT: N_("an account and a department"),
    Rows.CLASS: N_("an account and a class"),
    Rows.BOTH: N_("an account, a department and a class"),
}
"""What the rows of a side are called."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; an empty header is the usual one. `text` is what a fixed column says."""

    part: Part
    header: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How vouchers are laid out.

    columns: in their order. date: a key of `DATES`. debits, credits: what one row of that side stands for, always
    within one account. word: 记, 转 … text: what the voucher says, with `{year}`, `{number}` (of the month), `{month}`
    and `{book}` filled in; empty for the usual words. debit_word, credit_word: what a direction column says.
    zeros: whether the empty side says 0.00. encoding: of a CSV file, a key of `ENCODINGS`.
    """

    columns: tuple[Column, ...]
    date: str = "excel"
    debits: Rows = Rows.DEPARTMENT
    credits: Rows = Rows.CLASS
    word: str = ""
    text: str = ""
    debit_word: str = ""
    credit_word: str = ""
    zeros: bool = False
    encoding: str = "utf-8-sig"

    def check(self) -> None:
        """Raise `UserError` for a layout that no voucher can be read from."""
        parts = {column.part for column in self.columns}
        amounts = [{Part.DEBIT, Part.CREDIT}, {Part.DIRECTION, Part.AMOUNT}, {Part.SIGNED}]
        if Part.ACCOUNT not in parts and Part.ACCOUNT_NAME not in parts:
            raise UserError(N_("A voucher needs the account. Add a column for it."))
        if not any(wanted <= parts for wanted in amounts):
            raise UserError(
                N_(
                    "A voucher needs its amounts: debit and credit, or amount with debit or credit, or one amount with "
                    "credit below zero. Add these columns."
                )
            )
        fill(self.text, "", date(2026, 1, 31))

    def to_json(self) -> dict[str, Any]:
        """As it is kept in a setting."""
        plain = {name: getattr(self, name) for name in _PLAIN}
        return {
            **plain,
            "debits": self.debits.value,
            "credits": self.credits.value,
            "columns": [[column.part.value, column.header, column.text] for column in self.columns],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Layout:
        """Read what `to_json` gave. Raises `ValueError`, `KeyError` or `TypeError` for anything else."""
        columns = tuple(Column(Part(part), str(header), str(text)) for part, header, text in kept["columns"])
        layout = cls(
            columns,
            debits=Rows(kept["debits"]),
            credits=Rows(kept["credits"]),
            **{name: kept[name] for name in _PLAIN},
        )
        if layout.date not in DATES or layout.encoding not in ENCODINGS:
            raise ValueError("an unknown date or encoding")
        return layout


_PLAIN = ("date", "word", "text", "debit_word", "credit_word", "zeros", "encoding")


def fill(text: str, book: str, last_day: date) -> str:
    """Fill the text of a voucher. Raises `UserError` for braces that mean nothing."""
    try:
        return text.format_map(
            {"year": last_day.year, "number": last_day.month, "month": f"{last_day:%Y-%m}", "book": book}
        )
    except (KeyError, IndexError, ValueError, AttributeError, TypeError) as error:
        raise UserError(
            N_(
                "The text of the voucher has braces that mean nothing: {text}. Known are {{year}}, {{number}}, "
                "{{month}} and {{book}}."
            ),
            text=text,
        ) from error
