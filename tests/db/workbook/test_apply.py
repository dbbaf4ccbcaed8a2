"""What an import stores, and when it stores nothing."""

from __future__ import annotations

import uuid
from decimal import Decimal

import openpyxl
import pytest
import sqlalchemy as sa

from db.models.assets import Status
from db.models.history import Change
from logistics_desktop.errors import Cancelled, Conflict, UserError
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import records, rows
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.annotate import annotate
from logistics_desktop.workbook.apply import apply, refusals
from logistics_desktop.workbook.batches import batches
from logistics_desktop.workbook.mapping import LEAVE_OUT
from logistics_desktop.workbook.planned import Options
from tests.db.workbook.conftest import HEADER, ROWS, Importing, counts

ASSETS = LEDGERS["assets"]


def found_by(importing: Importing, search: str) -> list[str]:
    """The codes of the assets that the quick search finds."""
    with importing.office.session() as session:
        page = rows.first_page(session, LEDGERS, ASSETS, Query(search=search), ["code"], 10)
    return [row.values[0] for row in page]


def test_new_records_are_stored_found_and_told_in_the_history(importing: Importing) -> None:
    applied = importing.store([HEADER, *ROWS])
    assert (applied.new, applied.changed, applied.refused) == (3, 0, 0)
    assert applied.created == {"departments": 2, "staff": 2}
    assert importing.column("assets", "original_value") == [Decimal("5000.00"), Decimal("1200.50"), Decimal("3000.00")]
    assert importing.column("assets", "status") == [Status.IN_USE, Status.IDLE, Status.IN_USE]
    assert found_by(importing, "dyj") == ["A002"]
    with importing.office.session() as session:
        told = session.execute(
            sa.select(Change.table_name, sa.func.count())
            .where(Change.batch == applied.batch)
            .group_by(Change.table_name)
        )
        assert dict(told.all()) == {"asset": 3, "department": 2, "staff": 2, "import_batch": 1}
        (batch,) = batches(session, "assets")
    assert (batch.id, batch.new, batch.who) == (applied.batch, 3, importing.office.user)


def test_changed_records_are_stored_and_found_by_what_they_are_now(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    applied = importing.store([("资产编号", "资产名称", "原值"), ("A001", "服务器", 5000), ("A002", "打印机", 1300)])
    assert (applied.new, applied.changed, applied.unchanged) == (0, 2, 0)
    assert importing.column("assets", "name") == ["服务器", "打印机", "空调"]
    assert importing.column("assets", "original_value")[1] == Decimal("1300.00")
    assert found_by(importing, "fwq") == ["A001"]
    assert found_by(importing, "电脑") == []


def test_the_same_batch_a_second_time_does_nothing(importing: Importing) -> None:
    plan = importing.plan(importing.source([HEADER, *ROWS]), Options(create_missing=True))
    batch = uuid.uuid4()
    first, second = importing.apply(plan, batch), importing.apply(plan, batch)
    assert (first.new, second.new) == (3, 3)
    assert len(importing.column("assets", "code")) == 3


def test_undecided_names_keep_everything_out(importing: Importing) -> None:
    plan = importing.plan(importing.source([HEADER, *ROWS]))
    with pytest.raises(UserError, match=r"4 names are not known: Department “财务科”"):
        importing.apply(plan)
    assert importing.column("assets", "code") == []


def test_a_refused_row_keeps_everything_out_unless_only_the_good_are_wanted(importing: Importing) -> None:
    source = importing.source([HEADER, *ROWS, ("A004", "椅子", "车队", None, -5, 1, None, None)])
    plan = importing.plan(source, Options(create_missing=True))
    with pytest.raises(UserError, match="row 5: Original value: Must not be below zero"):
        importing.apply(plan)
    assert importing.column("departments", "name") == []
    applied = importing.apply(plan, good_rows=True)
    assert (applied.new, applied.refused) == (3, 1)
    assert sorted(map(str, importing.column("departments", "name"))) == ["办公室", "财务科"]


def test_refused_rows_come_back_in_the_users_workbook_and_can_be_read_again(importing: Importing) -> None:
    source = importing.source([HEADER, ("A001", None, None, None, "x", 1, None, None), *ROWS[1:]])
    path = importing.folder / source.file_name
    plan = importing.plan(source, Options(create_missing=True))
    importing.apply(plan, good_rows=True)
    back = annotate(path, importing.folder / "back.xlsx", "Sheet", 1, refusals(LEDGERS, plan)).path
    book = openpyxl.load_workbook(back)
    sheet = book["Sheet"]
    assert sheet.cell(2, 9).value == "Name: This must be filled in. Original value: x is no number."
    sheet["B2"], sheet["E2"] = "电脑", 10
    book.save(back)
    assert counts(importing.plan(importing.read(back))) == {"new": 1, "unchanged": 2}


def test_a_record_that_somebody_changed_meanwhile_stops_the_import(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    plan = importing.plan(importing.source([("资产编号", "资产名称"), ("A001", "新"), ("A002", "新")]))
    with importing.office.session() as session:
        record = plan.existing[1]
        records.update(session, LEDGERS, ASSETS, record.id, record.version, {"note": "mine"})
    with pytest.raises(Conflict, match="rows 3 "):
        importing.apply(plan)
    assert importing.column("assets", "name") == ["电脑", "打印机", "空调"]


def test_a_code_that_somebody_used_meanwhile_stops_the_import(importing: Importing) -> None:
    plan = importing.plan(importing.source([("资产编号", "资产名称"), ("A001", "电脑"), ("A002", "打印机")]))
    importing.add("assets", code="A002", name="mine")
    with pytest.raises(Conflict, match="A002"):
        importing.apply(plan)
    assert importing.column("assets", "name") == ["mine"]


def test_a_stopped_import_stores_nothing(importing: Importing) -> None:
    plan = importing.plan(importing.source([HEADER, *ROWS]), Options(create_missing=True))
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled), importing.office.session() as session:
        apply(session, LEDGERS, plan, uuid.uuid4(), job=job)
    assert importing.column("departments", "name") == []


def test_missing_records_are_made_below_what_they_are_part_of(importing: Importing) -> None:
    importing.add("departments", code="1", name="总公司")
    importing.store(
        [("资产编号", "资产名称", "使用部门"), ("1", "车", "总公司/后勤部/车队"), ("2", "锅", "后勤部/食堂")]
    )
    with importing.office.session() as session:
        table = LEDGERS["departments"].model.__table__
        named = dict(session.execute(sa.select(table.c.id, table.c.name)).all())
        parents = session.execute(sa.select(table.c.name, table.c.parent_id).order_by(table.c.id))
        assert [(name, named.get(parent)) for name, parent in parents] == [
            ("总公司", None),
            ("后勤部", "总公司"),
            ("车队", "后勤部"),
            ("食堂", "后勤部"),
        ]


def test_a_missing_class_is_made_with_the_code_it_is_named_by(importing: Importing) -> None:
    header = ("资产编号", "资产名称", "资产类别")
    importing.store([header, ("1", "电脑", "台式计算机(A02010105)"), ("2", "桌", "家具")])
    assert importing.column("classes", "code") == ["A02010105", "LB0001"]
    assert importing.column("classes", "name") == ["台式计算机", "家具"]


def test_what_the_user_said_about_headers_is_remembered(importing: Importing) -> None:
    first = importing.source([("资产名称", "标牌", "部门", "单位"), ("车", "1", "车队", "辆")])
    importing.apply(importing.plan(first, Options(columns={1: "code", 2: LEAVE_OUT})))
    again = importing.plan(importing.source([("标 牌", "部门", "归口"), ("1", "食堂", "x")]))
    assert again.header.fields == {0: "code"}
    assert [column.header for column in again.header.unmapped] == ["归口"]
    assert counts(again) == {"unchanged": 1}


def test_difficult_text_is_stored_exactly(importing: Importing) -> None:
    name, note = "O'Neill \\N “䶮𬭚” 😀\tx", "长" * 4000 + "\n=1+1"
    header = ("资产编号", "资产名称", "备注", "启用日期")
    importing.store([header, ("1", name, note, "1899-12-31"), ("2", "@cmd", None, "2099-12-31")])
    assert importing.column("assets", "name")[0] == name
    assert importing.column("assets", "note")[0] == note
    assert [str(day) for day in importing.column("assets", "in_service_on")] == ["1899-12-31", "2099-12-31"]
    assert counts(importing.plan(importing.source([header, ("1", name, note, "1899-12-31")]))) == {"unchanged": 1}


def test_the_same_file_again_is_noticed(importing: Importing) -> None:
    source = importing.source([HEADER, *ROWS])
    importing.apply(importing.plan(source, Options(create_missing=True)))
    assert [batch.who for batch in importing.plan(source).earlier] == [importing.office.user]


def test_a_csv_of_another_ledger_comes_in(importing: Importing) -> None:
    path = importing.folder / "staff.csv"
    path.write_bytes("工号,姓名,部门,状态\r\n0012,欧阳锋,车队,退休\r\n".encode("gb18030"))
    plan = importing.plan(importing.read(path, "staff"), Options(create_missing=True), "staff")
    assert importing.apply(plan).created == {"departments": 1}
    assert importing.column("staff", "code") == ["0012"]
