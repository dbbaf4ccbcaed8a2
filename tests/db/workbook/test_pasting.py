"""Cells from the clipboard: checked as an import is, stored all or nothing, taken back by the history."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from db.session import Target, make_engine
from logistics_desktop.context import Office
from logistics_desktop.errors import Conflict, FieldErrors, Refused, UserError
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import edits, records
from logistics_desktop.ledger.edits import Step
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.rows import sorted_ids, totals
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.pasting import Pasted, plan_paste, store_paste
from logistics_desktop.workbook.planned import Options, Outcome, Plan
from logistics_desktop.workbook.preview import Preview
from logistics_desktop.workbook.undo import take_back

ASSETS = LEDGERS["assets"]
MANY = 6_000
Columns = dict[str, Sequence[str]]


@pytest.fixture
def ids(office: Office) -> list[int]:
    """Three assets; two people of one name."""
    with office.session() as session:
        for code, name in (("01", "财务科"), ("02", "行政部")):
            records.create(session, LEDGERS["departments"], {"code": code, "name": name})
        for code in ("R1", "R2"):
            records.create(session, LEDGERS["staff"], {"code": code, "name": "张伟"})
        return [
            records.create(session, ASSETS, {"code": f"A{n}", "name": name, "original_value": Decimal(100)})
            for n, name in enumerate(("办公桌", "空调", "电脑"), 1)
        ]


@pytest.fixture
def plan(office: Office) -> Callable[..., Plan]:
    """Plans columns over records, None being new ones."""

    def plan_(columns: Columns, records_: Sequence[int | None], options: Options | None = None) -> Plan:
        pasted = Pasted(columns, records_, range(1, len(records_) + 1))
        with office.session() as session:
            return plan_paste(session, LEDGERS, ASSETS, pasted, options or Options(clear=frozenset(columns)))

    return plan_


def store(office: Office, plan: Plan) -> uuid.UUID:
    batch = uuid.uuid4()
    with office.session() as session:
        store_paste(session, LEDGERS, plan, batch, Job())
    return batch


def read(office: Office, record: int, *keys: str) -> list[object]:
    with office.session() as session:
        values = records.read(session, LEDGERS, ASSETS, record).values
    return [values[key] for key in keys]


def problems(plan: Plan) -> list[str]:
    return [f"{one.row} {one.key}: {one.problem}" for one in plan.errors]


def test_cells_are_understood_as_people_write_them(office: Office, ids: list[int], plan: Callable[..., Plan]) -> None:
    done = plan(
        {
            "name": ["办公桌\n", "立式空调", "电脑"],
            "original_value": ["￥1，２００．50", "1.2万元", "100.00"],
            "in_service_on": ["2024年3月5日", "20240306", ""],
            "status": ["闲置", "In use", "在用"],
            "department_id": ["财务科", "01", ""],
            "life_months": ["60", "", "5年"],
            "residual_rate": ["5%", "", ""],
        },
        ids,
    )
    assert problems(done) == []
    assert [done.count(outcome) for outcome in (Outcome.CHANGED, Outcome.UNCHANGED)] == [3, 0]
    line = Preview(LEDGERS, done).lines([0])[0]
    assert [(c.before, c.text) for c in line.cells][:2] == [(None, "办公桌"), ("100.00", "1,200.50")]
    store(office, done)
    keys = ("original_value", "in_service_on", "life_months", "residual_rate")
    assert read(office, ids[0], *keys) == [Decimal("1200.50"), date(2024, 3, 5), 60, Decimal("0.05")]
    assert read(office, ids[1], "original_value", "name") == [Decimal("12000.00"), "立式空调"]
    assert read(office, ids[2], "life_months") == [60]


def test_everything_wrong_is_told_in_its_cell_and_nothing_is_stored(
    office: Office, ids: list[int], plan: Callable[..., Plan]
) -> None:
    wrong = plan(
        {
            "name": ["", "x" * 300, "电脑"],
            "original_value": ["很多", "7", "-5"],
            "status": ["丢了", "在用", "在用"],
            "keeper_id": ["李四", "张伟", ""],
        },
        ids,
    )
    assert problems(wrong) == [
        "1 name: This must be filled in.",
        "1 original_value: 很多 is no number.",
        "1 status: 丢了 is not one of: In use, Idle, Lent, In repair, Scrapped, Disposed of.",
        "1 keeper_id: “李四” is not in “Staff”.",
        "2 name: The text has 300 characters; the limit is 200.",
        "2 keeper_id: “张伟” may be any of: 张伟 (R1), 张伟 (R2). Write the code, or the name and the code.",
        "3 original_value: Must not be below zero.",
    ]
    assert wrong.count(Outcome.REFUSED) == 3
    with pytest.raises(UserError, match="李四"):
        store(office, wrong)
    assert read(office, ids[2], "original_value") == [Decimal(100)]


def test_a_namesake_who_is_there_already_stays(office: Office, ids: list[int], plan: Callable[..., Plan]) -> None:
    with office.session() as session:
        keeper = session.execute(sa.text("SELECT id FROM app.staff WHERE code = 'R2'")).scalar_one()
        records.update(session, LEDGERS, ASSETS, ids[0], 1, {"keeper_id": keeper})
    done = plan({"keeper_id": ["张伟", "张伟"], "note": ["a", "b"]}, ids[:2])
    assert [one.row for one in done.errors] == [2]
    assert [cell.key for cell in done.changes[0]] == ["note"]


def test_unknown_names_can_be_made_on_the_way(office: Office, ids: list[int], plan: Callable[..., Plan]) -> None:
    options = Options(clear=frozenset({"department_id"}), create_missing=True)
    made = plan({"department_id": ["新部门", "新部门", "财务科"]}, ids, options)
    assert problems(made) == []
    store(office, made)
    assert [getattr(read(office, one, "department_id")[0], "title", None) for one in ids] == [
        "新部门",
        "新部门",
        "财务科",
    ]


def test_empty_cells_clear_or_leave_as_is_wanted(office: Office, ids: list[int], plan: Callable[..., Plan]) -> None:
    leaves = plan({"original_value": ["", "5", "100"]}, ids, Options())
    assert [leaves.count(outcome) for outcome in (Outcome.CHANGED, Outcome.UNCHANGED)] == [1, 2]
    store(office, plan({"original_value": ["", "5", "100"]}, ids))
    assert [read(office, one, "original_value")[0] for one in ids] == [None, Decimal(5), Decimal(100)]


def test_rows_below_the_last_become_records_with_codes_of_their_own(
    office: Office, ids: list[int], plan: Callable[..., Plan]
) -> None:
    done = plan({"name": ["电脑", "新桌子", "新椅子"]}, [ids[2], None, None])
    assert [done.count(outcome) for outcome in (Outcome.UNCHANGED, Outcome.NEW)] == [1, 2]
    batch = store(office, done)
    with office.session() as session:
        assert totals(session, LEDGERS, ASSETS, Query(search="xyz")).count == 1
        take_back(session, LEDGERS, batch)
    with office.session() as session:
        assert list(sorted_ids(session, LEDGERS, ASSETS, Query())) == ids


def test_new_rows_that_were_taken_back_come_again(office: Office, ids: list[int], plan: Callable[..., Plan]) -> None:
    step = Step("assets", datetime.now(UTC), (), store(office, plan({"name": ["新桌子"]}, [None])))
    with office.session() as session:
        step = edits.undo(session, LEDGERS, step)
    with office.session() as session:
        assert list(sorted_ids(session, LEDGERS, ASSETS, Query())) == ids
        edits.redo(session, LEDGERS, step)
    with office.session() as session:
        assert totals(session, LEDGERS, ASSETS, Query(search="xzz")).count == 1


def test_a_new_row_without_what_it_must_have_is_refused(ids: list[int], plan: Callable[..., Plan]) -> None:
    assert problems(plan({"note": ["x"]}, [None])) == ["1 name: This must be filled in."]


def test_codes_stay_unique(ids: list[int], plan: Callable[..., Plan]) -> None:
    assert problems(plan({"code": ["B1", "B1"]}, ids[:2])) == ["2 code: Row 1 gets this already."]
    assert problems(plan({"code": ["B1", "A3"]}, ids[:2])) == ["2 code: Another row already has this: Asset code."]
    assert problems(plan({"code": ["A3"], "name": ["x"]}, [None])) == [
        "1 code: Another row already has this: Asset code."
    ]
    assert problems(plan({"code": ["A1", "B2"]}, ids[:2])) == []


def test_somebody_who_was_faster_stops_everything(office: Office, ids: list[int], plan: Callable[..., Plan]) -> None:
    done = plan({"note": ["a", "b", "c"]}, ids)
    with office.session() as session:
        records.update(session, LEDGERS, ASSETS, ids[1], 1, {"unit": "台"})
    with pytest.raises(Conflict, match="nothing was pasted"):
        store(office, done)
    assert [read(office, one, "note")[0] for one in ids] == [None, None, None]


def test_a_code_taken_meanwhile_is_told_at_its_field(office: Office, ids: list[int], plan: Callable[..., Plan]) -> None:
    done = plan({"code": ["B1"]}, ids[:1])
    with office.session() as session:
        records.create(session, ASSETS, {"code": "B1", "name": "x"})
    with pytest.raises(FieldErrors, match="Another row already has this: Asset code"):
        store(office, done)


def test_a_record_deleted_meanwhile_is_told(office: Office, ids: list[int], plan: Callable[..., Plan]) -> None:
    with office.session() as session:
        records.delete(session, LEDGERS, ASSETS, ids[0], 1)
    assert problems(plan({"note": ["a", "b"]}, ids[:2])) == ["1 None: This record has been deleted meanwhile."]


def test_columns_that_may_only_be_read_are_named(ids: list[int], plan: Callable[..., Plan], database: Target) -> None:
    engine = make_engine(database)
    with engine.begin() as owner:
        owner.execute(sa.text("REVOKE UPDATE (original_value) ON app.asset FROM logistics_user"))
    engine.dispose()
    with pytest.raises(Refused, match=r"only read these columns: Original value\. Nothing was changed"):
        plan({"name": ["x"], "original_value": ["1"]}, ids[:1])


def test_thousands_of_rows_are_pasted_and_taken_back(office: Office, plan: Callable[..., Plan]) -> None:
    with office.session() as session:
        session.execute(
            sa.text(
                "INSERT INTO app.asset (code, name) SELECT 'N' || lpad(n::text, 6, '0'), 'chair' "
                "FROM generate_series(1, :count) n"
            ),
            {"count": MANY},
        )
    with office.session() as session:
        everything = sorted_ids(session, LEDGERS, ASSETS, Query())
    done = plan({"note": [f"n{n % 50}" for n in range(MANY)]}, everything)
    assert done.count(Outcome.CHANGED) == MANY
    batch = store(office, done)
    assert read(office, everything[77], "note") == ["n27"]
    with office.session() as session:
        assert take_back(session, LEDGERS, batch).restored == MANY
    assert read(office, everything[77], "note") == [None]
