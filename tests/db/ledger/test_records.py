"""One record: checked, created, changed, deleted, remembered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from db.models.assets import Method, Status
from db.models.history import Action
from logistics_desktop.errors import Conflict, FieldErrors, Refused
from logistics_desktop.ledger import records
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.history import history
from logistics_desktop.ledger.rows import totals
from logistics_desktop.ledgers import LEDGERS
from tests.db.ledger.conftest import Add
from tests.offices import CLERK

ASSETS, DEPARTMENTS, STAFF = LEDGERS["assets"], LEDGERS["departments"], LEDGERS["staff"]


def _count(session: Session, text: str) -> int:
    return totals(session, LEDGERS, ASSETS, Query(search=text)).count


def test_a_new_record_starts_with_what_the_database_would_fill_in() -> None:
    new = records.blank(ASSETS)
    assert (new["status"], new["quantity"], new["name"]) == (Status.IN_USE, Decimal(1), None)
    assert set(new) == set(ASSETS.by_key)


def test_what_is_stored_is_read_back_exactly(session: Session, add: Add) -> None:
    keeper = add("staff", code="R1", name="赵𬭚䶮")
    values = records.blank(ASSETS) | {
        "code": "=1+1",
        "name": 'O\'Neil "桌" 😀 䶮 𬭚',
        "note": "很长的说明\n" * 600 + "完",
        "keeper_id": Reference(keeper, "赵𬭚䶮"),
        "original_value": Decimal("9999999999999999.99"),
        "residual_value": Decimal("0.01"),
        "quantity": Decimal("0.0001"),
        "in_service_on": date(1, 1, 1),
        "warranty_until": date(9999, 12, 31),
        "method": Method.SUM_OF_YEARS,
        "residual_rate": Decimal("0.033333"),
    }
    record = records.read(session, LEDGERS, ASSETS, records.create(session, ASSETS, values))
    assert record.values == values
    assert (record.version, record.origin.created_by, record.origin.updated_by) == (1, CLERK, CLERK)
    assert _count(session, "😀") == _count(session, "𬭚") == 1


def test_everything_that_is_wrong_is_told_at_once(session: Session) -> None:
    values = {
        "code": "C" * 65,
        "name": "  ",
        "note": "tab\tand\nline are fine, bell\x07 is not",
        "specification": "two\nlines",
        "maker": "half a character \ud83d",
        "original_value": Decimal("10000000000000000"),
        "unit_price": Decimal("-1"),
        "residual_value": Decimal("1.005"),
        "quantity": Decimal("NaN"),
        "life_months": 2**31,
        "residual_rate": Decimal("1.5"),
        "status": None,
    }
    with pytest.raises(FieldErrors) as refused:
        records.create(session, ASSETS, values)
    wrong = refused.value.by_field
    assert set(wrong) == set(values)
    assert "9,999,999,999,999,999.99" in str(wrong["original_value"])
    assert "64" in str(wrong["code"])
    assert "U+0007" in str(wrong["note"])


def test_a_code_that_is_taken_is_told_at_the_code(session: Session, add: Add) -> None:
    add("departments", code="1", name="总务处")
    with pytest.raises(FieldErrors) as refused, session.begin_nested():
        add("departments", code="1", name="财务处")
    assert set(refused.value.by_field) == {"code"}
    with pytest.raises(FieldErrors) as refused, session.begin_nested():
        add("assets", code="2", name="桌", department_id=999)
    assert set(refused.value.by_field) == {"department_id"}


def test_a_change_is_saved_found_and_remembered(session: Session, add: Add) -> None:
    first, second = add("departments", code="1", name="总务处"), add("departments", code="2", name="财务处")
    number = add(
        "assets", code="ZC1", name="办公桌", department_id=first, original_value=Decimal("1234567890123456.78")
    )
    changes = {"name": "会议桌", "department_id": second, "original_value": Decimal("0.10"), "method": Method.NONE}
    records.update(session, LEDGERS, ASSETS, number, 1, changes)
    assert records.read(session, LEDGERS, ASSETS, number).version == 2
    assert (_count(session, "办公"), _count(session, "hyz")) == (0, 1)
    records.update(session, LEDGERS, ASSETS, number, 2, {"name": " 会议桌 "})  # nothing new
    assert records.read(session, LEDGERS, ASSETS, number).version == 2
    lines = history(session, LEDGERS, ASSETS, number)
    assert [(line.label, line.before, line.after) for line in lines if line.action is Action.UPDATE] == [
        ("Name", "办公桌", "会议桌"),
        ("Department", "总务处", "财务处"),
        ("Original value", "1,234,567,890,123,456.78", "0.10"),
        ("Depreciation method", "", "Not depreciated"),
    ]
    made = {line.label: line.after for line in lines if line.action is Action.INSERT}
    assert made["Status"] == "In use"
    assert {line.who for line in lines} == {CLERK}


def test_history_tells_what_is_gone_as_well_as_it_can(session: Session, add: Add) -> None:
    keeper = add("staff", code="R1", name="张伟")
    number = add("assets", code="ZC1", name="桌", keeper_id=keeper)
    records.update(session, LEDGERS, ASSETS, number, 1, {"keeper_id": None})
    records.delete(session, LEDGERS, STAFF, keeper, 1)
    records.delete(session, LEDGERS, ASSETS, number, 2)
    lines = history(session, LEDGERS, ASSETS, number)
    assert ("Keeper", f"#{keeper}", "") in [(line.label, line.before, line.after) for line in lines]
    assert lines[0].action is Action.DELETE


def test_two_editors_never_overwrite_each_other(session: Session, engine: sa.Engine, add: Add) -> None:
    number = add("departments", code="1", name="总务处")
    session.commit()
    with Session(engine) as other, other.begin():
        records.update(other, LEDGERS, DEPARTMENTS, number, 1, {"name": "后勤处"})
    with pytest.raises(Conflict) as clash:
        records.update(session, LEDGERS, DEPARTMENTS, number, 1, {"name": "行政处"})
    assert (clash.value.theirs.values["name"], clash.value.theirs.version) == ("后勤处", 2)
    with pytest.raises(Conflict):
        records.delete(session, LEDGERS, DEPARTMENTS, number, 1)


def test_what_is_still_referred_to_stays_and_says_by_what(session: Session, add: Add) -> None:
    number = add("departments", code="1", name="总务处")
    for code in ("11", "12"):
        add("departments", code=code, name="科", parent_id=number)
    add("assets", code="ZC1", name="桌", department_id=number)
    with pytest.raises(Refused) as refused:
        records.delete(session, LEDGERS, DEPARTMENTS, number, 1)
    told = str(refused.value)
    assert "总务处" in told
    assert "Departments (2)" in told
    assert "Fixed assets (1)" in told
    assert "Staff" not in told


def test_what_is_gone_is_told_as_gone(session: Session, add: Add) -> None:
    number = add("departments", code="1", name="总务处")
    records.delete(session, LEDGERS, DEPARTMENTS, number, 1)
    with pytest.raises(Refused):
        records.read(session, LEDGERS, DEPARTMENTS, number)
    with pytest.raises(Refused):
        records.update(session, LEDGERS, DEPARTMENTS, number, 1, {"name": "x"})


def test_no_department_comes_to_lie_below_itself(session: Session, add: Add) -> None:
    top = add("departments", code="1", name="a")
    middle = add("departments", code="2", name="b", parent_id=top)
    low = add("departments", code="3", name="c", parent_id=middle)
    for above in (top, middle, low):
        with pytest.raises(FieldErrors) as refused:
            records.update(session, LEDGERS, DEPARTMENTS, top, 1, {"parent_id": above})
        assert set(refused.value.by_field) == {"parent_id"}
    records.update(session, LEDGERS, DEPARTMENTS, low, 1, {"parent_id": top})


def test_the_database_itself_keeps_trees_free_of_rings(session: Session, add: Add) -> None:
    top = add("departments", code="1", name="a")
    low = add("departments", code="2", name="b", parent_id=top)
    move = sa.text("UPDATE app.department SET parent_id = :above WHERE id = :id")
    with pytest.raises(IntegrityError, match="would lie below itself"), session.begin_nested():
        session.execute(move, {"id": top, "above": low})
    together = sa.text("INSERT INTO app.department (id, code, name, parent_id) VALUES (91,'x','x',92), (92,'y','y',91)")
    with pytest.raises(IntegrityError, match="would lie below itself"), session.begin_nested():
        session.execute(together)


def test_two_moves_that_make_a_ring_together_wait_for_each_other(session: Session, engine: sa.Engine, add: Add) -> None:
    one, two = add("departments", code="1", name="a"), add("departments", code="2", name="b")
    session.commit()
    records.update(session, LEDGERS, DEPARTMENTS, one, 1, {"parent_id": two})
    with Session(engine) as other:
        other.execute(sa.text("SET LOCAL lock_timeout = '100ms'"))
        with pytest.raises(OperationalError):
            records.update(other, LEDGERS, DEPARTMENTS, two, 1, {"parent_id": one})
    session.commit()
    with Session(engine) as other, pytest.raises(FieldErrors):
        records.update(other, LEDGERS, DEPARTMENTS, two, 1, {"parent_id": one})
