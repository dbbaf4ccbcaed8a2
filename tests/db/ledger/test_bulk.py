"""Many rows changed at once: what is said before, what is done, and what is refused."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import Status
from db.session import Target, make_engine
from logistics_desktop.errors import Conflict, Refused, UserError
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import batch_steps, edits, records
from logistics_desktop.ledger.bulk import Outlook, Scope, change_rows, look_ahead
from logistics_desktop.ledger.cell_totals import CellTotals, cell_totals, in_words
from logistics_desktop.ledger.edits import Edit, Step
from logistics_desktop.ledger.filters import Contains, OneOf, Query
from logistics_desktop.ledger.history import history
from logistics_desktop.ledger.many import Add, Change, Give, Replace, Swap
from logistics_desktop.ledger.rows import totals
from logistics_desktop.ledger.undo_stack import UndoStack
from logistics_desktop.ledgers import LEDGERS
from tests.db.ledger.conftest import Add as AddRecord

ASSETS, DEPARTMENTS = LEDGERS["assets"], LEDGERS["departments"]
EVERYTHING = Query()


@pytest.fixture
def four(session: Session, add: AddRecord) -> list[int]:
    """Four assets."""
    values = (
        ("A1", "办公桌", "10.00", "2.00", "Old Room", date(2020, 1, 31)),
        ("A2", "办公椅", "20.00", None, "room a.b", date(2021, 5, 1)),
        ("A3", "空调", None, None, None, None),
        ("A4", "电脑", "40.00", "30.00", "ROOM", date(2022, 7, 9)),
    )
    ids = [
        add(
            "assets",
            code=code,
            name=name,
            original_value=value and Decimal(value),
            residual_value=residual and Decimal(residual),
            note=note,
            in_service_on=day,
        )
        for code, name, value, residual, note, day in values
    ]
    session.commit()
    return ids


def look(session: Session, change: Change, scope: Scope = EVERYTHING, ledger: str = "assets") -> Outlook:
    return look_ahead(session, LEDGERS, LEDGERS[ledger], scope, change)


def do(session: Session, change: Change, scope: Scope = EVERYTHING) -> Outlook:
    outlook = look(session, change, scope)
    assert change_rows(session, LEDGERS, ASSETS, outlook, uuid.uuid4()) == len(outlook.ids)
    return outlook


def column(session: Session, key: str) -> list[Any]:
    return list(session.scalars(sa.select(ASSETS.by_key[key].stored).order_by(sa.text("code"))))


def counts(outlook: Outlook) -> tuple[int, int, int, int]:
    return outlook.rows, len(outlook.ids), outlook.same, outlook.refused


def test_a_value_is_given_to_all_that_do_not_have_it(session: Session, four: list[int]) -> None:
    do(session, Give("status", Status.IDLE), four[:1])
    outlook = do(session, Give("status", Status.IDLE), Query((Contains("name", "办公"),)))
    assert counts(outlook) == (2, 1, 1, 0)
    assert [(s.title, s.before, s.after) for s in outlook.samples] == [("办公椅", "In use", "Idle")]
    assert column(session, "status") == [Status.IDLE, Status.IDLE, Status.IN_USE, Status.IN_USE]
    line = history(session, LEDGERS, ASSETS, four[1])[0]
    assert (line.label, line.before, line.after) == ("Status", "In use", "Idle")


def test_what_the_ledger_forbids_is_counted_with_its_reason_and_left_out(session: Session, four: list[int]) -> None:
    outlook = do(session, Give("residual_value", Decimal("25.00")))
    assert counts(outlook) == (4, 2, 0, 2)
    assert [(r.count, r.examples) for r in outlook.refusals] == [(2, ("办公桌", "办公椅"))]
    assert outlook.refusals[0].reason == "The residual value 25.00 is above the original value 10.00."
    assert column(session, "residual_value") == [Decimal("2.00"), None, Decimal("25.00"), Decimal("25.00")]


def test_a_field_is_cleared_unless_it_must_be_filled(session: Session, four: list[int]) -> None:
    assert counts(do(session, Give("note", None))) == (4, 3, 1, 0)
    assert column(session, "note") == [None] * 4
    with pytest.raises(UserError, match="must be filled in"):
        look(session, Give("name", None))


def test_adding_grows_numbers_moves_dates_and_lengthens_texts(session: Session, four: list[int]) -> None:
    assert counts(do(session, Add("original_value", Decimal("0.50")))) == (4, 3, 1, 0)
    assert column(session, "original_value") == [Decimal("10.50"), Decimal("20.50"), None, Decimal("40.50")]
    do(session, Add("in_service_on", 1))
    assert column(session, "in_service_on")[0] == date(2020, 2, 1)
    do(session, Add("name", "（旧）"), four[:1])
    assert column(session, "name")[0] == "办公桌（旧）"
    refused = look(session, Add("original_value", Decimal("-15")))
    assert [r.reason for r in refused.refusals] == [
        "Must not be below zero.",
        "Residual value: The residual value 30.00 is above the original value 25.50.",
    ]


def test_a_changed_name_is_found_by_search_at_once(session: Session, four: list[int]) -> None:
    do(session, Replace("name", "办公", "会议"))
    assert column(session, "name")[:2] == ["会议桌", "会议椅"]
    assert totals(session, LEDGERS, ASSETS, Query(search="hyz")).count == 1
    assert totals(session, LEDGERS, ASSETS, Query(search="办公")).count == 0


def test_replacing_knows_case_and_whole_cells_and_takes_signs_as_they_are(session: Session, four: list[int]) -> None:
    assert counts(look(session, Replace("note", "room", "x"))) == (4, 3, 1, 0)
    assert counts(look(session, Replace("note", "room", "x", case=True))) == (4, 1, 3, 0)
    assert counts(look(session, Replace("note", "room", "x", whole=True))) == (4, 1, 3, 0)
    assert counts(look(session, Replace("note", "room", "x", whole=True, case=True))) == (4, 0, 4, 0)
    do(session, Replace("note", "A.B", r"\1 & c"))
    assert column(session, "note")[1] == r"room \1 & c"
    with pytest.raises(UserError, match="what is to be found"):
        look(session, Replace("note", "", "x"))


def test_one_choice_is_swapped_for_another_and_empty_cells_are_filled(session: Session, four: list[int]) -> None:
    do(session, Give("status", Status.IDLE), four[:2])
    do(session, Swap("status", Status.IDLE, Status.SCRAPPED))
    assert column(session, "status") == [Status.SCRAPPED, Status.SCRAPPED, Status.IN_USE, Status.IN_USE]
    do(session, Swap("original_value", None, Decimal("1")))
    assert column(session, "original_value")[2] == Decimal("1.00")


def test_codes_stay_unique(session: Session, four: list[int]) -> None:
    outlook = look(session, Give("code", "A4"))
    assert counts(outlook) == (4, 0, 1, 3)
    assert {r.reason for r in outlook.refusals} == {
        "Another row already has this: Asset code.",
        "Another of these rows gets the same.",
    }
    assert counts(look(session, Add("code", "-old"))) == (4, 4, 0, 0)


def test_nothing_comes_to_lie_below_itself(session: Session, add: AddRecord) -> None:
    top = add("departments", code="1", name="总部")
    below = add("departments", code="2", name="行政部", parent_id=top)
    beside = add("departments", code="3", name="工程部")
    session.commit()
    outlook = look(session, Give("parent_id", below), ledger="departments")
    assert list(outlook.ids) == [beside]
    assert outlook.refusals[0].reason == "This lies below the row itself. Choose another."
    assert [(s.before, s.after) for s in outlook.samples] == [("", "行政部")]


def test_rows_that_somebody_changed_since_stop_everything(session: Session, four: list[int], database: Target) -> None:
    outlook = look(session, Give("note", "x"))
    session.commit()
    colleague = make_engine(database)
    with colleague.begin() as other:
        other.execute(sa.text("UPDATE app.asset SET unit = '台' WHERE code = 'A2'"))
    colleague.dispose()
    with pytest.raises(Conflict, match="Somebody changed 1 of these rows"):
        change_rows(session, LEDGERS, ASSETS, outlook, uuid.uuid4())
    session.rollback()
    assert "x" not in column(session, "note")


def test_a_column_that_may_only_be_read_is_named(session: Session, four: list[int], database: Target) -> None:
    engine = make_engine(database)
    with engine.begin() as owner:
        owner.execute(sa.text("REVOKE UPDATE (original_value) ON app.asset FROM logistics_user"))
    engine.dispose()
    with pytest.raises(Refused, match="only read these columns: Original value"):
        look(session, Give("original_value", Decimal(1)))
    assert counts(look(session, Give("note", "x"))) == (4, 4, 0, 0)


def test_a_batch_is_taken_back_and_done_again_by_the_history(session: Session, four: list[int]) -> None:
    batch = uuid.uuid4()
    change_rows(session, LEDGERS, ASSETS, look(session, Replace("name", "办公", "会议")), batch)
    session.commit()
    step = edits.undo(session, LEDGERS, Step("assets", datetime.now(UTC), (), batch))
    assert column(session, "name")[:2] == ["办公桌", "办公椅"]
    assert step.versions.keys() == set(four[:2])
    session.commit()
    step = edits.redo(session, LEDGERS, step)
    assert column(session, "name")[:2] == ["会议桌", "会议椅"]
    assert totals(session, LEDGERS, ASSETS, Query(search="hyz")).count == 1
    record = records.read(session, LEDGERS, ASSETS, four[0])
    records.update(session, LEDGERS, ASSETS, four[0], record.version, {"name": "圆桌"})
    session.commit()
    with pytest.raises(Conflict, match=r"worked on since.*圆桌.*office_clerk"):
        edits.undo(session, LEDGERS, step)


def test_selected_cells_are_summed(session: Session, four: list[int]) -> None:
    keys = ("name", "original_value", "residual_value")
    found = cell_totals(session, LEDGERS, ASSETS, [(four[:2], keys), (four[3:], keys[:2])], Job())
    assert found == CellTotals(7, 4, Decimal("72.00"), Decimal("2.00"), Decimal("40.00"))
    said = "Filled cells: 7   Sum: 72.00   Average: 18.00   Min: 2.00   Max: 40.00"
    assert in_words(ASSETS, keys, found) == said
    by_query = cell_totals(session, LEDGERS, ASSETS, [(Query((OneOf("status", ("in_use",)),)), ("quantity",))], Job())
    assert in_words(ASSETS, ("quantity",), by_query) == "Filled cells: 4   Sum: 4   Average: 1   Min: 1   Max: 1"
    texts = cell_totals(session, LEDGERS, ASSETS, [(EVERYTHING, ("note",))], Job())
    assert in_words(ASSETS, ("note",), texts) == "Filled cells: 3"


def test_small_steps_below_a_large_one_can_still_be_undone(
    session: Session, four: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_steps, "LARGE", 2)
    stack, batch = UndoStack(), uuid.uuid4()
    stack.add(edits.apply(session, LEDGERS, ASSETS, [Edit(four[0], None, {"name": "圆桌"})]))
    change_rows(session, LEDGERS, ASSETS, look(session, Add("name", "甲")), batch)
    stack.add(batch_steps.step_of(session, LEDGERS, ASSETS, batch, {}, 4))
    session.commit()
    stack.add(edits.apply(session, LEDGERS, ASSETS, [Edit(four[0], None, {"name": "方桌"})]))
    names = ["方桌", "圆桌甲", "圆桌", "办公桌"]
    for _time in range(2):
        for name in names:
            assert column(session, "name")[0] == name
            session.commit()
            if stack.to_undo is not None:
                stack.undone(edits.undo(session, LEDGERS, stack.to_undo))
        for name in reversed(names):
            assert column(session, "name")[0] == name
            session.commit()
            if stack.to_redo is not None:
                stack.redone(edits.redo(session, LEDGERS, stack.to_redo))
