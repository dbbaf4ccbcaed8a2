"""Vouchers in whatever layout an accounting program wants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models.assets import Standard
from logistics_desktop import i18n
from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.accounts import Accounts
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.entries import Booking
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.voucher.booking import Booked, make_voucher
from logistics_desktop.features.depreciation.voucher.layout import DATES, ENCODINGS, Column, Layout, Part, Rows, fill
from logistics_desktop.features.depreciation.voucher.presets import PRESETS
from logistics_desktop.features.depreciation.voucher.sheet import laid_out

BOOK = BookLine(1, "1", "主账", Standard.ENTERPRISE, "CNY", Month(2026, 1), Month(2026, 3))
ACCOUNTS = Accounts(
    {1: "660201 管理费用", 2: "660101 销售费用"},
    {1: "160201", 2: "160202"},
    {1: None, 2: None, 3: 1},
    {},
    "6602",
    "1602",
)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def booked(bookings: list[Booking]) -> Booked:
    return Booked(BOOK, Month(2026, 2), bookings, ACCOUNTS)


def booking(department: int | None, class_: int | None, amount: str) -> Booking:
    return Booking(
        department, f"0{department}", f"部门{department}", class_, f"A0{class_}", f"类{class_}", Decimal(amount)
    )


TWO = booked([booking(1, 1, "100.10"), booking(1, 2, "0.01"), booking(2, 2, "7.00"), booking(None, None, "3.00")])
KEYS = st.one_of(st.none(), st.integers(1, 4))
AMOUNTS = st.decimals("0.01", "99999.99", places=2)
BOOKINGS = st.lists(st.builds(booking, KEYS, KEYS, AMOUNTS.map(str)), min_size=1, max_size=30)
TEXTS = st.text(max_size=8)
LAYOUTS = st.builds(
    Layout,
    columns=st.lists(st.builds(Column, st.sampled_from(Part), TEXTS, TEXTS), max_size=8).map(tuple),
    date=st.sampled_from(list(DATES)),
    debits=st.sampled_from(Rows),
    credits=st.sampled_from(Rows),
    word=TEXTS,
    text=TEXTS,
    debit_word=TEXTS,
    credit_word=TEXTS,
    zeros=st.booleans(),
    encoding=st.sampled_from(list(ENCODINGS)),
)


@given(BOOKINGS, st.sampled_from(Rows), st.sampled_from(Rows))
def test_both_sides_come_to_what_is_charged(bookings: list[Booking], debits: Rows, credits_: Rows) -> None:
    voucher = make_voucher(booked(bookings), replace(PRESETS["signed"][1], debits=debits, credits=credits_))
    charged = sum(one.amount for one in bookings)
    assert sum(one.debit for one in voucher.postings) == sum(one.credit for one in voucher.postings) == charged
    assert all((one.debit > 0) != (one.credit > 0) for one in voucher.postings)
    keys = Counter((one.account, one.department, one.class_, one.debit > 0) for one in voucher.postings)
    assert set(keys.values()) == {1}


@given(LAYOUTS)
def test_a_layout_is_kept_as_it_is(layout: Layout) -> None:
    assert Layout.from_json(layout.to_json()) == layout


@pytest.mark.parametrize(
    ("debits", "credits_", "rows"),
    [(Rows.ACCOUNT, Rows.ACCOUNT, 6), (Rows.DEPARTMENT, Rows.CLASS, 6), (Rows.BOTH, Rows.BOTH, 8)],
)
def test_a_row_stands_for_what_is_chosen(debits: Rows, credits_: Rows, rows: int) -> None:
    layout = replace(PRESETS["signed"][1], debits=debits, credits=credits_)
    assert len(make_voucher(TWO, layout).postings) == rows


def test_every_kind_of_column_says_its_part() -> None:
    columns = tuple(Column(part, text="甲") for part in Part)
    layout = Layout(columns, date="%Y.%m.%d", debits=Rows.BOTH, text="{book}{year}-{number}", zeros=True)
    sheet = laid_out(make_voucher(TWO, layout, "9"), layout)
    first = dict(zip(Part, next(iter(sheet.rows)), strict=True))
    assert first == {
        Part.DATE: "2026.02.28",
        Part.PERIOD: "202602",
        Part.WORD: "J",
        Part.NUMBER: "9",
        Part.LINE: 1,
        Part.TEXT: "主账2026-2",
        Part.ACCOUNT: "660101",
        Part.ACCOUNT_NAME: "销售费用",
        Part.DEPARTMENT_CODE: "02",
        Part.DEPARTMENT: "部门2",
        Part.CLASS_CODE: "A02",
        Part.CLASS: "类2",
        Part.DEBIT: Decimal("7.00"),
        Part.CREDIT: Decimal("0.00"),
        Part.DIRECTION: "Dr",
        Part.AMOUNT: Decimal("7.00"),
        Part.SIGNED: Decimal("7.00"),
        Part.CURRENCY: "CNY",
        Part.FIXED: "甲",
    }


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ((Part.TEXT, Part.DEBIT, Part.CREDIT), "needs the account"),
        ((Part.ACCOUNT, Part.DEBIT), "needs its amounts"),
        ((Part.ACCOUNT, Part.AMOUNT), "needs its amounts"),
        ((Part.ACCOUNT, Part.SIGNED, Part.ACCOUNT), "Two columns are called Account code"),
    ],
)
def test_a_layout_that_nobody_can_read_is_refused(columns: tuple[Part, ...], said: str) -> None:
    layout = Layout(tuple(Column(part) for part in columns))
    with pytest.raises(UserError, match=said):
        laid_out(make_voucher(TWO, layout), layout)


@pytest.mark.parametrize("text", ["{who}", "{", "}", "{0}", "{}", "{year.real.x}", "{book[x]}"])
def test_braces_that_mean_nothing_are_told(text: str) -> None:
    with pytest.raises(UserError, match="braces that mean nothing"):
        fill(text, "主账", date(2026, 2, 28))
