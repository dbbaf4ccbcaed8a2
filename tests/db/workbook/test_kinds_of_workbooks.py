"""Workbooks as offices have them come in whole, and are known when they come again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from db.models.assets import Method, Status
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.export import export_list
from logistics_desktop.workbook.planned import Options
from tests import workbooks as wb
from tests.db.workbook.conftest import Importing, counts

ASSETS = LEDGERS["assets"]
ALL = Options(create_missing=True)


def stored(importing: Importing, *keys: str) -> Mapping[str, list[object]]:
    return {key: importing.column("assets", key) for key in keys}


def test_a_company_ledger(importing: Importing) -> None:
    source = importing.read(wb.company_ledger(importing.folder / "a.xlsx"))
    plan = importing.plan(source, ALL)
    assert (source.sheet.header_rows, source.sheet.row_numbers) == ((3, 4, 5), [6, 7, 9])
    assert [column.header for column in plan.header.unmapped] == ["折旧信息/折旧/月折旧额", "折旧信息/折旧/累计折旧"]
    assert plan.totals["original_value"] == Decimal(106800)
    importing.apply(plan)
    assert stored(importing, "life_months", "residual_rate", "quantity", "in_service_on", "users") == {
        "life_months": [60, 60, 120],
        "residual_rate": [Decimal("0.05")] * 3,
        "quantity": [10, 2, 1],
        "in_service_on": [dt.date(2020, 3, 1), dt.date(2020, 4, 1), dt.date(2018, 6, 1)],
        "users": ["李四", None, None],
    }
    assert importing.column("staff", "name") == ["张三", "李四", "王五"]
    assert importing.tree("departments") == {"行政部": None, "财务部": None, "生产部": None, "一车间": "生产部"}
    assert counts(importing.plan(source)) == {"unchanged": 3}


def test_an_institutions_form(importing: Importing) -> None:
    source = importing.read(wb.institution_form(importing.folder / "a.xlsx"))
    importing.apply(importing.plan(source, ALL))
    assert source.sheet.row_numbers == [7, 8, 9]
    assert stored(importing, "original_value", "quantity", "status", "purchased_on") == {
        "original_value": [Decimal(5602000), Decimal(240000), Decimal(10)],
        "quantity": [Decimal("3200.5"), 60, 1],
        "status": [Status.IN_USE, Status.SCRAPPED, Status.IN_USE],
        "purchased_on": [dt.date(1998, 9, 1), dt.date(2010, 9, 1), dt.date(2010, 9, 1)],
    }
    assert importing.column("classes", "code") == ["1010201", "2010104"]
    assert importing.column("departments", "name") == ["总务处", "教务处"]
    assert counts(importing.plan(source)) == {"unchanged": 3}


def test_an_export_in_english(importing: Importing) -> None:
    source = importing.read(wb.english_export(importing.folder / "a.xlsx"))
    plan = importing.plan(source, ALL)
    assert [column.header for column in plan.header.unmapped] == ["Net Book Value"]
    importing.apply(plan)
    assert stored(importing, "in_service_on", "life_months", "method", "status") == {
        "in_service_on": [dt.date(2021, 1, 15), dt.date(2021, 1, 15), dt.date(2021, 3, 5)],
        "life_months": [60, 36, 60],
        "method": [Method.STRAIGHT_LINE, Method.DOUBLE_DECLINING, Method.STRAIGHT_LINE],
        "status": [Status.IN_USE, Status.IN_USE, Status.DISPOSED],
    }
    assert importing.column("staff", "name") == ["Smith, J.", "A. Wong"]
    assert counts(importing.plan(source)) == {"unchanged": 3}


def test_an_export_with_dotted_headers(importing: Importing) -> None:
    plan = importing.plan(importing.read(wb.dotted_export(importing.folder / "a.xlsx")), ALL)
    assert [column.header for column in plan.header.unmapped] == ["累计折旧"]
    importing.apply(plan)
    assert stored(importing, "life_months", "unit", "status") == {
        "life_months": [36, 36],
        "unit": ["台", "台"],
        "status": [Status.IN_USE, Status.IN_USE],
    }
    assert importing.column("departments", "name") == ["研发中心"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_whatever_the_form_takes_goes_out_and_comes_back(importing: Importing, suffix: str) -> None:
    names = ["䶮𬭚", 'O\'Neil "q"', "😀电脑", "=1+1", "+86", "-50mm", "@at", "'quoted", "\uff1d1", "a,b;c"]
    for number, name in enumerate(names):
        importing.add(
            "assets",
            code=f"00{number}",
            name=name,
            note="注意\n" + "长" * 4000 + name,
            specification=name,
            original_value=Decimal("9999999999999999.99") - number,
            purchased_on=(dt.date(1899, 12, 31), dt.date(2099, 12, 31), dt.date(1900, 2, 28))[number % 3],
        )
    path: Path = importing.folder / f"list{suffix}"
    with importing.office.session() as session:
        export_list(session, LEDGERS, ASSETS, Query(), [field.key for field in ASSETS], path)
    plan = importing.plan(importing.read(path))
    assert [(one.row, str(one.problem)) for one in (*plan.errors, *plan.remarks)] == []
    assert counts(plan) == {"unchanged": len(names)}
