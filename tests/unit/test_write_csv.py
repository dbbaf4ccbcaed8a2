"""What a program or a person gets from a CSV export."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logistics_desktop.errors import Cancelled
from logistics_desktop.workbook.write import ColumnOut
from logistics_desktop.workbook.write_csv import write_csv

COLUMNS = (
    ColumnOut("编号", "code"),
    ColumnOut("名称"),
    ColumnOut("原值", "money"),
    ColumnOut("残值率", "rate"),
    ColumnOut("购置日期", "date"),
    ColumnOut("登记", "datetime"),
    ColumnOut("在用", "bool"),
)


def test_excel_sees_the_encoding_and_programs_see_plain_values(tmp_path: Path) -> None:
    moment = datetime(2026, 1, 2, 8, 30)  # noqa: DTZ001 - as a list shows it
    rows = [
        ("00123", '办公桌 "大", 新\n第二行', Decimal("-1E+3"), Decimal("0.05"), date(1899, 12, 31), moment, True),
        (None,) * 7,
    ]
    assert write_csv(tmp_path / "a.csv", COLUMNS, rows) == 2
    assert (tmp_path / "a.csv").read_bytes() == (
        "\ufeff编号,名称,原值,残值率,购置日期,登记,在用\r\n"
        '00123,"办公桌 ""大"", 新\n第二行",-1000,0.05,1899-12-31,2026-01-02 08:30:00,Yes\r\n'
        ",,,,,,\r\n"
    ).encode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_only_text_that_would_be_a_formula_is_guarded(tmp_path: Path, start: str) -> None:
    write_csv(tmp_path / "a.csv", [ColumnOut(f"{start}x"), ColumnOut("数", "money")], [(f"{start}1", Decimal(-1))])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [[f"'{start}x", "数"], [f"'{start}1", "-1"]]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_every_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    write_csv(path, [ColumnOut("文")], [(text,) for text in texts])
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = [row[0] for row in csv.reader(file)][1:]
    guarded = tuple("=+-@\t\r\n＝＋－＠")
    assert read == [f"'{text}" if text.startswith(guarded) else text for text in texts]


def test_a_stopped_export_leaves_nothing(tmp_path: Path) -> None:
    def stop(_: int) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        write_csv(tmp_path / "a.csv", [ColumnOut("数", "integer")], ((n,) for n in range(3_000)), stop)
    assert list(tmp_path.iterdir()) == []
