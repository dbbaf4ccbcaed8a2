"""What an import says before it does anything."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from logistics_desktop.errors import Cancelled
from logistics_desktop.jobs import Job
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.plan import make_plan
from logistics_desktop.workbook.planned import Decision, Options, Outcome, Remedy, Use
from logistics_desktop.workbook.preview import Preview
from tests.db.workbook.conftest import HEADER, ROWS, Importing, counts

REAL = Path(__file__).parents[4] / "shared" / "real" / "固定资产.xlsx"


def problems(importing: Importing, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> list[str]:
    """What is wrong with these rows, as "row key: words"."""
    plan = importing.plan(importing.source([header, *rows]), Options(create_missing=True))
    return [f"{one.row} {one.key}: {one.problem}" for one in plan.errors]


@pytest.mark.skipif(not REAL.exists(), reason="the real workbook is not on this machine")
def test_the_real_workbook_comes_in_whole_and_is_known_the_second_time(importing: Importing) -> None:
    source = importing.read(REAL)
    plan = importing.plan(source)
    assert (source.sheet.name, source.sheet.header_rows) == ("固定资产查询", (3,))
    assert counts(plan) == {"new": 42}
    assert plan.totals["original_value"] == Decimal("7402650.00")
    assert [column.header for column in plan.header.unmapped] == ["已计提月份"]
    importing.apply(importing.plan(source, Options(create_missing=True)))
    again = importing.plan(source)
    assert counts(again) == {"unchanged": 42}
    assert len(again.earlier) == 1


def test_names_that_nobody_knows_are_counted_and_refuse_no_row(importing: Importing) -> None:
    plan = importing.plan(importing.source([HEADER, *ROWS]))
    assert counts(plan) == {"new": 3}
    assert [(one.ledger, one.name, one.rows) for one in plan.undecided] == [
        ("departments", "财务科", (2, 3)),
        ("departments", "办公室", (4,)),
        ("staff", "张三", (2,)),
        ("staff", "李四", (3,)),
    ]


def test_an_unknown_name_can_be_mapped_or_left_empty(importing: Importing) -> None:
    office = importing.add("departments", code="1", name="行政部")
    decisions: dict[tuple[str, str], Decision] = {
        ("departments", "办公室"): Use(office),
        ("departments", "财务科"): Remedy.EMPTY,
    }
    plan = importing.plan(importing.source([HEADER, *ROWS]), Options(decisions=decisions, create_missing=True))
    assert plan.values["department_id"] == [None, None, office]
    assert plan.undecided == []


def test_cells_that_differ_are_told_with_before_and_after(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    changed = [HEADER, ("A001", "电脑", "办公室", "张三", 5000, 1, "报废", "2019-3-5"), *ROWS[1:]]
    plan = importing.plan(importing.source(changed))
    assert counts(plan) == {"changed": 1, "unchanged": 2}
    preview = Preview(LEDGERS, plan)
    (line,) = preview.lines(plan.positions(Outcome.CHANGED))
    told = {key: (cell.before, cell.text) for key, cell in zip(plan.keys, line.cells, strict=True) if cell.before}
    assert told == {"department_id": ("财务科", "办公室"), "status": ("In use", "Scrapped")}


def test_an_empty_cell_leaves_a_value_unless_it_is_to_clear_it(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    source = importing.source([("资产编号", "资产名称", "使用部门", "原值"), ("A001", "电脑", None, None)])
    assert counts(importing.plan(source)) == {"unchanged": 1}
    plan = importing.plan(source, Options(clear=frozenset({"original_value"})))
    (change,) = plan.changes[0]
    assert (change.key, change.before, change.after) == ("original_value", Decimal("5000.00"), None)


def test_a_field_that_must_be_filled_cannot_be_cleared(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    plan = importing.plan(importing.source([HEADER[:2], ("A001", None)]), Options(clear=frozenset({"name"})))
    assert [str(one.problem) for one in plan.errors] == ["This must be filled in."]


def test_every_problem_is_told_in_its_cell(importing: Importing) -> None:
    assert problems(
        importing,
        ("A001", None, "财务科", None, "many", -1, "在用", "2019-02-30"),
        (None, "电脑", None, None, 1, 1, "lost", None),
        ("A003", "空调", None, None, 1, 1, None, None),
    ) == [
        "2 name: This must be filled in.",
        "2 original_value: many is no number.",
        "2 quantity: Must not be below zero.",
        "2 in_service_on: There is no such day: 2019-02-30.",
        "3 status: lost is not one of: In use, Idle, Lent, In repair, Scrapped, Disposed of.",
    ]


def test_the_second_row_of_one_code_is_refused(importing: Importing) -> None:
    rows = (("A001", "电脑"), ("A001", "打印机"))
    assert problems(importing, *rows, header=("资产编号", "资产名称")) == [
        "3 code: Row 2 of the sheet has this already."
    ]


def test_a_word_that_means_no_choice_can_be_mapped(importing: Importing) -> None:
    source = importing.source([("资产编号", "资产名称", "资产状态"), ("1", "电脑", "趴窝"), ("2", "空调", "趴窝")])
    (word,) = importing.plan(source).unknown_words
    assert (word.key, word.word, word.rows) == ("status", "趴窝", (2, 3))
    assert counts(importing.plan(source, Options(words={("status", "趴窝"): "in_repair"}))) == {"new": 2}


def test_namesakes_are_told_apart_by_department_code_or_not_at_all(importing: Importing) -> None:
    money = importing.add("departments", code="1", name="财务科")
    cars = importing.add("departments", code="2", name="车队")
    first = importing.add("staff", code="R1", name="张伟", department_id=money)
    second = importing.add("staff", code="R2", name="张伟", department_id=cars)
    header = ("资产编号", "资产名称", "使用部门", "保管人")
    rows = (("1", "车", "车队", "张伟"), ("2", "车", "财务科", "R2"), ("3", "车", None, "张 伟（R1）"))
    plan = importing.plan(importing.source([header, *rows, ("4", "车", None, "张伟")]))
    assert plan.values["keeper_id"] == [second, second, first, None]
    assert counts(plan) == {"new": 3, "refused": 1}
    assert [one.title for one in plan.missing[0].candidates] == ["张伟 (R1)", "张伟 (R2)"]


def test_a_path_finds_one_of_two_rooms_of_one_name(importing: Importing) -> None:
    one, two = (importing.add("locations", code=f"L{n}", name=f"{n}号楼") for n in (1, 2))
    importing.add("locations", code="L11", name="301", parent_id=one)
    room = importing.add("locations", code="L21", name="301", parent_id=two)
    plan = importing.plan(importing.source([("资产编号", "资产名称", "存放地点"), ("1", "桌", "2号楼／301")]))
    assert plan.values["location_id"] == [room]


def test_units_of_the_header_count(importing: Importing) -> None:
    header = ("资产编号", "资产名称", "原值(万元)", "使用年限(年)", "净残值率(%)")
    plan = importing.plan(importing.source([header, ("1", "桌", 1.5, 5, 5)]))
    got = {key: plan.values[key][0] for key in ("original_value", "life_months", "residual_rate")}
    assert got == {"original_value": 15000, "life_months": 60, "residual_rate": Decimal("0.05")}


def test_a_sheet_without_codes_makes_new_records_and_says_so(importing: Importing) -> None:
    rows = [("序号", "资产名称", "数量"), (1, "桌", 1), (2, "椅", 4)]
    plan = importing.plan(importing.source(rows))
    assert counts(plan) == {"new": 2}
    assert "Asset code" in str(plan.warnings[-1])
    importing.apply(plan)
    assert importing.column("assets", "code") == ["ZC0001", "ZC0002"]


def test_the_residual_value_is_checked_against_the_value_that_stays(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    assert problems(importing, ("A003", "空调", 9999), header=("资产编号", "资产名称", "净残值")) == [
        "2 residual_value: The residual value 9999.00 is above the original value 3000.00."
    ]


def test_a_plan_can_be_stopped(importing: Importing) -> None:
    job = Job()
    job.cancel()
    with importing.office.session() as session, pytest.raises(Cancelled):
        make_plan(session, LEDGERS, LEDGERS["assets"], importing.source([HEADER, *ROWS]), Options(), job)
