"""Cells changed as one step, taken back and done again as long as nobody else was there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.models.assets import Status
from db.session import Target, make_engine
from logistics_desktop.errors import Conflict, Refused
from logistics_desktop.ledger import edits, records
from logistics_desktop.ledger.edits import CellErrors, Edit, Step
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.rows import totals
from logistics_desktop.ledger.undo_stack import UndoStack
from logistics_desktop.ledgers import LEDGERS
from tests.db.ledger.conftest import Add
from tests.offices import CLERK

ASSETS, DEPARTMENTS = LEDGERS["assets"], LEDGERS["departments"]


@pytest.fixture
def colleague(database: Target) -> Iterator[Session]:
    """Somebody else in the same office, whose changes are committed."""
    engine = make_engine(database)
    with Session(engine, autobegin=True) as session:
        yield session
    engine.dispose()


@pytest.fixture
def three(session: Session, add: Add) -> list[int]:
    """Three assets, committed, so that others see them."""
    ids = [add("assets", code=f"ZC{n}", name=name) for n, name in enumerate(("办公桌", "会议桌", "空调"))]
    session.commit()
    return ids


def cells(session: Session, record: int, *keys: str) -> list[Any]:
    values = records.read(session, LEDGERS, ASSETS, record).values
    return [values[key] for key in keys]


def apply(session: Session, *edited: Edit) -> Step:
    return edits.apply(session, LEDGERS, ASSETS, edited)


def test_many_cells_are_one_step_that_goes_back_and_forth(session: Session, three: list[int], add: Add) -> None:
    a, b, c = three
    place = add("departments", code="1", name="总务处")
    step = apply(
        session,
        Edit(a, 1, {"name": "书桌", "department_id": place}),
        Edit(b, 1, {"original_value": Decimal("12.50"), "status": Status.IDLE}),
        Edit(c, 1, {"name": "空调"}),
    )
    assert [one.record for one in step.made] == [a, b], "a cell that holds its new value already is no change"
    assert cells(session, a, "name", "department_id")[0] == "书桌"
    assert totals(session, LEDGERS, ASSETS, Query(search="sz")).count == 1, "the quick search knows the new name"
    undone = edits.undo(session, LEDGERS, step)
    assert cells(session, a, "name", "department_id") == ["办公桌", None]
    assert cells(session, b, "original_value", "status") == [None, Status.IN_USE]
    assert totals(session, LEDGERS, ASSETS, Query(search="sz")).count == 0
    edits.redo(session, LEDGERS, undone)
    assert cells(session, b, "original_value", "status") == [Decimal("12.50"), Status.IDLE]


def test_wrong_cells_are_told_by_record_and_field_and_nothing_is_stored(session: Session, three: list[int]) -> None:
    a, b, c = three
    with pytest.raises(CellErrors) as refused:
        apply(session, Edit(a, 1, {"name": "x"}), Edit(b, 1, {"name": ""}), Edit(c, 1, {"original_value": Decimal(-1)}))
    assert {record: set(wrong) for record, wrong in refused.value.by_record.items()} == {
        b: {"name"},
        c: {"original_value"},
    }
    assert "会议桌" in str(refused.value)
    assert cells(session, a, "name") == ["办公桌"]


def test_what_only_the_database_refuses_is_told_at_its_cell(session: Session, three: list[int]) -> None:
    a, b, _c = three
    with pytest.raises(CellErrors) as refused:
        apply(session, Edit(a, 1, {"code": "ZC9"}), Edit(b, 1, {"code": "ZC2"}))
    assert {record: set(wrong) for record, wrong in refused.value.by_record.items()} == {b: {"code"}}


def test_a_row_that_somebody_saved_meanwhile_is_not_overwritten(
    session: Session, colleague: Session, three: list[int]
) -> None:
    a, b, _c = three
    edits.apply(colleague, LEDGERS, ASSETS, [Edit(a, 1, {"maker": "海尔"})])
    colleague.commit()
    with pytest.raises(Conflict) as refused:
        apply(session, Edit(b, 1, {"name": "x"}), Edit(a, 1, {"name": "y"}))
    assert refused.value.theirs.values["maker"] == "海尔"
    apply(session, Edit(a, None, {"name": "y"}))
    assert cells(session, a, "name", "maker") == ["y", "海尔"]


def test_undoing_over_somebody_elses_change_is_refused_and_says_whose_it_was(
    session: Session, colleague: Session, three: list[int]
) -> None:
    a, b, _c = three
    step = apply(session, Edit(a, 1, {"name": "x"}), Edit(b, 1, {"name": "y"}))
    session.commit()
    edits.apply(colleague, LEDGERS, ASSETS, [Edit(b, 2, {"maker": "海尔"})])
    who = colleague.scalar(sa.text("SELECT session_user"))
    colleague.commit()
    mine = apply(session, Edit(b, 3, {"model": "M1"}))
    session.commit()
    assert who != CLERK
    with pytest.raises(Conflict) as refused:
        edits.undo(session, LEDGERS, step)
    assert str(who) in str(refused.value)
    assert "Maker" in str(refused.value)
    assert "y" in str(refused.value)
    session.rollback()
    assert cells(session, a, "name") == ["x"], "nothing of the step is undone"
    edits.undo(session, LEDGERS, mine)
    assert cells(session, b, "model", "maker") == [None, "海尔"]


def test_undoing_a_change_of_a_row_that_is_gone_says_who_deleted_it(
    session: Session, colleague: Session, three: list[int]
) -> None:
    step = apply(session, Edit(three[0], 1, {"name": "x"}))
    session.commit()
    records.delete(colleague, LEDGERS, ASSETS, three[0], 2)
    colleague.commit()
    with pytest.raises(Conflict, match="deleted “x”"):
        edits.undo(session, LEDGERS, step)


def test_a_new_record_is_deleted_by_undoing_and_comes_back_with_its_number(session: Session) -> None:
    number = records.create(session, ASSETS, records.blank(ASSETS) | {"code": "N1", "name": "沙发"})
    step = edits.saved(ASSETS, None, records.read(session, LEDGERS, ASSETS, number))
    assert edits.created(session, LEDGERS, ASSETS, [number]).made == step.made
    undone = edits.undo(session, LEDGERS, step)
    with pytest.raises(Refused):
        records.read(session, LEDGERS, ASSETS, number)
    edits.redo(session, LEDGERS, undone)
    assert cells(session, number, "code", "name") == ["N1", "沙发"]


def test_the_first_value_fills_the_rows_below(session: Session, three: list[int]) -> None:
    a, b, c = three
    apply(session, Edit(a, 1, {"maker": "海尔", "status": Status.IDLE}))
    step = edits.fill(session, LEDGERS, ASSETS, ["maker", "status"], [a, b, c])
    assert cells(session, b, "maker", "status") == cells(session, c, "maker", "status") == ["海尔", Status.IDLE]
    edits.undo(session, LEDGERS, step)
    assert cells(session, c, "maker", "status") == [None, Status.IN_USE]
    with pytest.raises(CellErrors):
        edits.fill(session, LEDGERS, ASSETS, ["code"], [a, b])


def test_ten_thousand_rows_are_one_statement(session: Session) -> None:
    session.execute(
        sa.text("INSERT INTO app.asset (code, name) SELECT 'N' || n, 'chair' FROM generate_series(1, 10000) n")
    )
    ids = list(session.scalars(sa.text("SELECT id FROM app.asset")))
    statements = []
    sa.event.listen(session.connection(), "before_cursor_execute", lambda *what: statements.append(what[2]))
    step = apply(session, *(Edit(one, 1, {"name": "table", "original_value": Decimal(one)}) for one in ids))
    assert len(step.made) == len(ids)
    assert len(statements) < 10


def test_any_mix_of_changes_undos_and_redos_shows_what_a_text_editor_would(session: Session) -> None:
    """The same moves on a plain list of states are the measure."""

    @given(st.lists(st.sampled_from(["name", "maker", "undo", "redo"]), max_size=25))
    def holds(moves: list[str]) -> None:
        with session.begin_nested() as savepoint:
            play(session, moves)
            savepoint.rollback()

    holds()


def play(session: Session, moves: list[str]) -> None:
    number = records.create(session, ASSETS, {"code": "P1", "name": "0"})
    stack = UndoStack()
    past: list[dict[str, str | None]] = [{"name": "0", "maker": None}]
    future: list[dict[str, str | None]] = []
    for at, move in enumerate(moves, 1):
        if move == "undo" and stack.to_undo:
            stack.undone(edits.undo(session, LEDGERS, stack.to_undo))
            future.append(past.pop())
        elif move == "redo" and stack.to_redo:
            stack.redone(edits.redo(session, LEDGERS, stack.to_redo))
            past.append(future.pop())
        elif move in ("name", "maker"):
            version = records.read(session, LEDGERS, ASSETS, number).version
            stack.add(apply(session, Edit(number, version, {move: str(at)})))
            past.append({**past[-1], move: str(at)})
            future = []
        assert cells(session, number, "name", "maker") == list(past[-1].values())
