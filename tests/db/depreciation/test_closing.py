"""Closing: in order, once, only what a run would still give; and the database keeps it, whoever comes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import psycopg
import pytest
import sqlalchemy as sa

from db.models.assets import Asset, AssetClass, Method, Status
from db.models.depreciation import BookAsset, ChangeKind, MeterReading, Period, PeriodState, ValueChange
from db.models.history import Change as HistoryLine
from db.models.organisation import Department
from db.session import Target
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.features.depreciation import closing, runs
from logistics_desktop.features.depreciation.board import board, books, find_book
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.db.depreciation.conftest import Desk, month
from tests.servers import execute

D = Decimal

ENTRY = (
    "INSERT INTO app.depreciation_entry (book_id, month, asset_id, method, cost, residual, months, amount,"
    " months_charged, accumulated, impairment, book_value, gone)"
    " VALUES (1, '{month}-01', 9, 'none', 1, 0, 0, 0, 0, 0, 0, 1, false)"
)


@pytest.fixture
def closed(desk: Desk) -> Desk:
    """A book with one asset and January closed, February calculated."""
    desk.asset("A1", method=Method.STRAIGHT_LINE)
    desk.run_and_close("2026-01")
    desk.run("2026-02")
    return desk


def test_the_board_shows_where_each_month_stands(closed: Desk) -> None:
    with closed.office.session() as session:
        lines = board(session, closed.book, month("2025-11"), 6)
        assert [book.open_month for book in books(session)] == [month("2026-02")]
        assert find_book(session, "账套1").id == find_book(session, "1").id
        with pytest.raises(UserError, match="1 账套1"):
            find_book(session, "?")
    assert [(str(line.month), line.state, line.total) for line in lines] == [
        ("2026-01", PeriodState.CLOSED, D("100.00")),
        ("2026-02", PeriodState.CALCULATED, D("100.00")),
        ("2026-03", PeriodState.OPEN, D("0.00")),
        ("2026-04", PeriodState.OPEN, D("0.00")),
    ]
    assert (lines[0].closed_by, lines[1].calculated_by) == ("office_clerk", "office_clerk")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (lambda desk: desk.close("2026-01"), "has closed 2026-01 already"),
        (lambda desk: desk.close("2026-03"), "Close 2026-02 first"),
        (lambda desk: desk.run("2026-01"), "2026-01 is closed"),
        (lambda desk: undo(desk, "2026-01"), "2026-01 is closed"),
        (lambda desk: undo(desk, "2026-03"), "2026-03 is not calculated"),
        (lambda desk: reopen(desk, "2026-02", "?"), "2026-02 is not closed"),
        (lambda desk: reopen(desk, "2026-01", "  "), "Say why 2026-01 is reopened"),
    ],
)
def test_each_step_wants_the_one_before(closed: Desk, step: Callable[[Desk], object], said: str) -> None:
    before = closed.rows()
    with pytest.raises(Refused, match=said):
        step(closed)
    assert closed.rows() == before


def test_a_month_that_changed_since_its_run_is_not_closed(closed: Desk) -> None:
    closed.change(Asset, 1, original_value=D(2400))
    with pytest.raises(Refused, match="Run it again"):
        closed.close("2026-02")
    closed.run_and_close("2026-02")


def test_a_reopened_month_keeps_its_reason_and_can_be_corrected(closed: Desk) -> None:
    closed.close("2026-02")
    with pytest.raises(Refused, match="Reopen 2026-02 before 2026-01"):
        reopen(closed, "2026-01", "x")
    reopen(closed, "2026-02", " 漏记一张卡片 ")
    late = closed.asset("A2")
    closed.run_and_close("2026-02")
    assert closed.amounts(late) == {"2026-02": D(200)}
    with closed.office.session() as session:
        (line,) = board(session, closed.book, month("2026-02"), 1)
        assert (line.reopened_reason, line.reopened_by, line.state) == (
            "漏记一张卡片",
            "office_clerk",
            PeriodState.CLOSED,
        )
        told = session.scalars(
            sa.select(HistoryLine.after).where(HistoryLine.table_name == "depreciation_period").order_by(HistoryLine.id)
        )
        assert "漏记一张卡片" in [after.get("reopened_reason") for after in told if after]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE app.depreciation_entry SET amount = 0",
        "DELETE FROM app.depreciation_entry",
        "TRUNCATE app.depreciation_entry",
        "TRUNCATE app.depreciation_period",
        ENTRY.format(month="2026-01"),
        "UPDATE app.depreciation_period SET state = 'open'",
        "UPDATE app.depreciation_period SET state = 'calculated' WHERE state = 'closed'",
        "UPDATE app.depreciation_period SET total = 0 WHERE state = 'closed'",
        "DELETE FROM app.depreciation_period WHERE state = 'closed'",
        "INSERT INTO app.depreciation_period (book_id, month, state) VALUES (1, '2027-01-01', 'closed')",
        "DELETE FROM app.book",
        "UPDATE app.book SET first_month = '2020-01-01'",
        "UPDATE app.book SET standard = 'government'",
        "DELETE FROM app.asset",
    ],
)
def test_not_even_the_administrator_touches_a_closed_month(closed: Desk, database: Target, statement: str) -> None:
    before = closed.rows()
    with pytest.raises(psycopg.DatabaseError) as refused:
        execute(database, statement)
    assert (refused.value.sqlstate or "")[:4] in ("P040", "P048", "P049")
    assert closed.rows() == before


def test_nobody_writes_entries_besides_a_run(closed: Desk) -> None:
    """Neither themselves nor, into a month that was not begun, by the function that a run writes them with."""
    with pytest.raises(Refused, match="You may not do this"), closed.office.session() as session:
        session.execute(sa.text(ENTRY.format(month="2026-05")))
    row = '{"(,,1,,,straight_line,100,0,12,1,10,1,10,0,90,f,,,,,,,)"}'
    enter = sa.text("SELECT app.depreciation_enter(:book, '2026-05-01', CAST(:rows AS app.depreciation_entry[]))")
    with pytest.raises(Refused, match="written by a run"), closed.office.session() as session:
        session.execute(enter, {"book": closed.book, "rows": row})


def test_what_closed_months_were_made_from_stays(closed: Desk) -> None:
    car = closed.asset("V", "1000", method=Method.UNITS_OF_PRODUCTION, in_service_on=date(2026, 1, 1))
    closed.store(BookAsset(book_id=closed.book, asset_id=car, total_units=D(100)))
    reading = closed.store(MeterReading(asset_id=car, month=date(2026, 2, 1), units=D(10)))
    closed.run_and_close("2026-02")
    with pytest.raises(Refused, match="2026-02 is closed"):
        closed.change(MeterReading, reading, units=D(20))
    with pytest.raises(Refused, match="Date the change after 2026-02"):
        closed.store(
            ValueChange(book_id=1, asset_id=1, month=date(2026, 2, 9), kind=ChangeKind.REPAIR, cost=D(9), reason="x")
        )
    with pytest.raises(Refused, match="opening balance stays"):
        closed.store(BookAsset(book_id=1, asset_id=1, opening_accumulated=D(1), opening_months=1))
    closed.store(BookAsset(book_id=1, asset_id=1, life_months=24))
    closed.store(
        ValueChange(book_id=1, asset_id=1, month=date(2026, 3, 9), kind=ChangeKind.REPAIR, cost=D(9000), reason="x")
    )
    closed.run("2026-03")


def test_what_entries_name_is_not_deleted(closed: Desk) -> None:
    with pytest.raises(UserError, match="entries of depreciation"), closed.office.session() as session:
        records.delete(session, LEDGERS, LEDGERS["assets"], 1, 1)
    department = closed.store(Department(code="D", name="车队"))
    kind = closed.store(AssetClass(edition="1", code="1", name="车"))
    closed.change(Asset, 1, department_id=department, class_id=kind)
    closed.run("2026-02")
    closed.change(Asset, 1, department_id=None, class_id=None)
    for ledger, number in (("departments", department), ("classes", kind)):
        with pytest.raises(UserError, match="entries of depreciation"), closed.office.session() as session:
            records.delete(session, LEDGERS, LEDGERS[ledger], number, 1)
    free = closed.asset("Z", cost=None)
    with closed.office.session() as session:
        records.delete(session, LEDGERS, LEDGERS["assets"], free, 1)


def test_an_open_book_can_still_be_deleted(desk: Desk) -> None:
    desk.asset("A1")
    desk.run("2026-01")
    undo(desk, "2026-01")
    with desk.office.session() as session:
        records.delete(session, LEDGERS, LEDGERS["books"], desk.book, 1)
        assert books(session) == []


def test_two_who_close_at_once_one_wins_and_the_other_is_told(closed: Desk) -> None:
    said = at_once(lambda: closed.close("2026-02"), lambda: closed.close("2026-02"))
    assert [type(one) for one in said].count(type(None)) == 1
    assert sum("office_clerk has closed 2026-02 already" in str(one) for one in said) == 1


def test_who_runs_while_another_closes_is_told(closed: Desk) -> None:
    """The close holds the book; the run that waits for it then finds the month closed."""
    with closed.office.session() as session:
        closing.close(session, closed.book, month("2026-02"))
        problems: list[BaseException | None] = []
        other = threading.Thread(target=lambda: problems.append(outcome(lambda: closed.run("2026-02"))))
        other.start()
        with closed.office.engine.connect() as watcher:
            waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            while not watcher.scalar(waiting):
                watcher.rollback()
    other.join()
    assert "2026-02 is closed" in str(problems[0])


def test_somebody_who_ran_meanwhile_is_noticed(closed: Desk) -> None:
    with closed.office.session() as session:
        seen = session.scalar(sa.select(Period.digest).where(Period.month == date(2026, 2, 1)))
    closed.asset("A9")
    closed.run("2026-02")
    with pytest.raises(Refused, match="run 2026-02 again"), closed.office.session() as session:
        session.execute(sa.select(sa.func.app.depreciation_close(closed.book, date(2026, 2, 1), seen)))


def test_status_and_day_of_disposal_belong_to_the_card(closed: Desk) -> None:
    with pytest.raises(Refused):
        closed.change(Asset, 1, disposed_on=date(2020, 1, 1))
    closed.change(Asset, 1, disposed_on=date(2026, 2, 3), status=Status.DISPOSED)
    closed.run_and_close("2026-02")
    done = closed.run("2026-03")
    assert done.months[0].entries == 0


def undo(desk: Desk, since: str) -> None:
    with desk.office.session() as session:
        runs.undo(session, desk.book, month(since))


def reopen(desk: Desk, of: str, reason: str) -> None:
    with desk.office.session() as session:
        closing.reopen(session, desk.book, month(of), reason)


def outcome(step: Callable[[], object]) -> BaseException | None:
    try:
        step()
    except UserError as problem:
        return problem
    return None


def at_once(*steps: Callable[[], object]) -> list[BaseException | None]:
    """What comes of steps that begin at the same moment."""
    ready = threading.Barrier(len(steps))
    said: list[BaseException | None] = []

    def pc(step: Callable[[], object]) -> None:
        ready.wait()
        said.append(outcome(step))

    threads = [threading.Thread(target=pc, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
