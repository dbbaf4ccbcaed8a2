"""A clerk at work in the ledgers: everything of one's own department, nothing of others, and nobody else's phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.provision import add_user
from db.session import Target, connection_string, make_engine
from logistics_desktop import attachments, operations
from logistics_desktop.errors import FieldErrors, Refused
from logistics_desktop.faults import Words, explain
from logistics_desktop.features.permissions import asking
from logistics_desktop.ledger import edits, records, rows
from logistics_desktop.ledger.edits import Edit
from logistics_desktop.ledger.filters import Contains, Query
from logistics_desktop.ledger.violations import REACHED_BY
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.palette import find
from logistics_desktop.workbook.undo import take_back
from tests.offices import PASSWORD
from tests.servers import execute

ASSETS, STAFF = LEDGERS["assets"], LEDGERS["staff"]
Ids = dict[str, int]
EVERYTHING = Query()


def signed_in(database: Target, login: str, *posts: str) -> sa.Engine:
    """Connections of somebody with these posts."""
    add_user(connection_string(database), login, PASSWORD, *posts)
    return make_engine(replace(database, user=login, password=PASSWORD))


@pytest.fixture
def ids(office: object, database: Target, clerk: Target) -> Ids:
    """Two departments, one below the first, and things in each; 张伟 works in the first."""
    del office
    engine = make_engine(clerk)
    made: Ids = {}
    with Session(engine) as session, session.begin():

        def put(ledger: str, **values: object) -> None:
            made[str(values["code"])] = records.create(session, LEDGERS[ledger], values)

        put("departments", code="A", name="总务处")
        put("departments", code="A1", name="车队", parent_id=made["A"])
        put("departments", code="B", name="财务处")
        own = {"department_id": made["A"], "login": "u_zhang"}
        put("staff", code="R1", name="张伟", phone="13800001111", id_number="110101199001011111", **own)
        put("staff", code="R2", name="李娜", phone="13900002222", department_id=made["B"])
        for code, place, keeper in (("ZA", "A", None), ("ZA1", "A1", None), ("ZB", "B", None), ("ZK", "B", "R1")):
            keeps = made[keeper] if keeper else None
            put("assets", code=code, name=f"办公桌{code}", department_id=made[place], keeper_id=keeps)
    engine.dispose()
    return made


@pytest.fixture
def zhang(ids: Ids, database: Target) -> Iterator[Session]:
    """张伟, a clerk."""
    del ids
    engine = signed_in(database, "u_zhang", "clerk")
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def boss(clerk: Target) -> Iterator[Session]:
    """The administrator."""
    engine = make_engine(clerk)
    with Session(engine) as session:
        yield session
    engine.dispose()


def codes(session: Session, query: Query = EVERYTHING) -> list[str]:
    """The assets that a list shows."""
    found = rows.first_page(session, LEDGERS, ASSETS, query, ["code"], 100)
    assert [row.id for row in found] == list(rows.sorted_ids(session, LEDGERS, ASSETS, query))
    assert rows.totals(session, LEDGERS, ASSETS, query).count == len(found)
    return [str(row.values[0]) for row in found]


def test_the_list_has_the_own_department_and_what_one_keeps(zhang: Session) -> None:
    assert codes(zhang) == ["ZA", "ZK"]
    assert codes(zhang, Query(search="办公桌")) == ["ZA", "ZK"]
    assert codes(zhang, Query(search="张伟")) == ["ZK"]
    assert codes(zhang, Query((Contains("name", "公桌Z"),))) == ["ZA", "ZK"]
    assert codes(zhang, Query(search="ZB")) == []
    assert [hit.code for hit in find(zhang, LEDGERS, "办公桌")] == ["ZA", "ZK"]


@pytest.mark.parametrize(
    ("scope", "seen"),
    [("own", ["ZK"]), ("department", ["ZA", "ZK"]), ("below", ["ZA", "ZA1", "ZK"]), ("all", ["ZA", "ZA1", "ZB", "ZK"])],
)
def test_each_scope_reaches_what_it_says(zhang: Session, database: Target, scope: str, seen: list[str]) -> None:
    execute(database, f"UPDATE app.post_permission SET scope = '{scope}' WHERE permission = 'assets.read'")
    assert codes(zhang) == seen
    assert codes(zhang, Query(search="办公桌")) == seen


def test_who_holds_two_posts_reaches_as_far_as_the_wider(zhang: Session, database: Target) -> None:
    add_user(connection_string(database), "u_zhang", PASSWORD, "department_head")
    assert codes(zhang) == ["ZA", "ZA1", "ZK"]


def test_changes_of_what_one_only_sees_are_told_in_words(zhang: Session, database: Target, ids: Ids) -> None:
    execute(database, "UPDATE app.post_permission SET scope = 'all' WHERE permission = 'assets.read'")
    records.update(zhang, LEDGERS, ASSETS, ids["ZA"], 1, {"note": "x"})
    with pytest.raises(Refused, match="but not change it"):
        records.update(zhang, LEDGERS, ASSETS, ids["ZB"], 1, {"note": "x"})
    with pytest.raises(Refused, match="but not change it"):
        records.delete(zhang, LEDGERS, ASSETS, ids["ZA"], 2)


def test_what_somebody_moved_to_another_department_is_not_said_to_be_deleted(
    zhang: Session, boss: Session, ids: Ids
) -> None:
    records.update(boss, LEDGERS, ASSETS, ids["ZA"], 1, {"department_id": ids["B"]})
    boss.commit()
    for changing in (
        lambda: records.read(zhang, LEDGERS, ASSETS, ids["ZA"]),
        lambda: records.update(zhang, LEDGERS, ASSETS, ids["ZA"], 1, {"note": "x"}),
        lambda: edits.apply(zhang, LEDGERS, ASSETS, [Edit(ids["ZA"], 1, {"note": "x"})]),
    ):
        with pytest.raises(Refused, match="belongs to another department or person now"):
            changing()
        zhang.rollback()
    records.delete(boss, LEDGERS, ASSETS, ids["ZA"], 2)
    boss.commit()
    with pytest.raises(Refused, match="has been deleted"):
        records.read(zhang, LEDGERS, ASSETS, ids["ZA"])


def test_a_department_that_one_s_rights_do_not_reach_is_told_at_its_field(zhang: Session, ids: Ids) -> None:
    for writing in (
        lambda: records.update(zhang, LEDGERS, ASSETS, ids["ZA"], 1, {"department_id": ids["B"]}),
        lambda: records.create(zhang, ASSETS, {"code": "ZC", "name": "桌", "department_id": ids["B"]}),
    ):
        with pytest.raises(FieldErrors) as told:
            writing()
        assert list(told.value.by_field) == ["department_id"]
        assert "do not reach" in str(told.value)
        zhang.rollback()
    with pytest.raises(sa.exc.ProgrammingError) as refused:
        zhang.execute(sa.text("UPDATE app.asset SET department_id = :b"), {"b": ids["B"]})
    assert "department or person that your rights do not reach" in str(explain(refused.value, Words()))


def test_the_program_knows_by_which_column_the_database_chooses(boss: Session) -> None:
    scoped = boss.execute(sa.text("SELECT table_name, department FROM app.protection WHERE department IS NOT NULL"))
    assert {row.table_name: row.department for row in scoped} == REACHED_BY


def test_codes_that_one_does_not_see_are_not_given_again(zhang: Session, ids: Ids) -> None:
    used = zhang.scalars(sa.select(sa.func.app.codes_in_use("asset", "code", ["ZB", "ZC"]))).all()
    assert used == ["ZB"]


def test_the_same_file_may_hang_on_a_record_that_one_does_not_see(
    zhang: Session, boss: Session, ids: Ids, tmp_path: Path
) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    attachments.attach(boss, "asset", ids["ZB"], file)
    boss.commit()
    own = attachments.attach(zhang, "asset", ids["ZA"], file)
    zhang.commit()
    attachments.detach(zhang, own)
    zhang.commit()
    (left,) = attachments.attached(boss, "asset", ids["ZB"])
    attachments.save_copy(boss, left.id, tmp_path / "copy.pdf")


def test_phones_are_masked_for_everybody_but_those_who_may_see_them(zhang: Session, boss: Session, ids: Ids) -> None:
    def phones(session: Session) -> list[object]:
        found = rows.first_page(session, LEDGERS, STAFF, Query(), ["phone", "id_number"], 10)
        return [row.values for row in found]

    assert phones(zhang) == [("13800001111", "110101199001011111"), ("139****2222", None)]
    assert phones(boss) == [("13800001111", "110101199001011111"), ("13900002222", None)]
    assert records.read(zhang, LEDGERS, STAFF, ids["R2"]).values["phone"] == "139****2222"
    in_full = Query((Contains("phone", "00002222"),))
    assert rows.totals(zhang, LEDGERS, STAFF, in_full).count == 0
    assert rows.totals(boss, LEDGERS, STAFF, in_full).count == 1


def test_a_masked_phone_that_comes_back_changes_nothing(boss: Session, ids: Ids) -> None:
    def phone() -> object:
        return records.read(boss, LEDGERS, STAFF, ids["R2"]).values["phone"]

    boss.execute(sa.text("UPDATE app.staff SET phone = '139****2222', note = 'x' WHERE code = 'R2'"))
    assert phone() == "13900002222"
    boss.execute(sa.text("UPDATE app.staff SET phone = '13700003333' WHERE code = 'R2'"))
    assert phone() == "13700003333"
    boss.execute(sa.text("UPDATE app.staff SET phone = NULL WHERE code = 'R2'"))
    assert phone() is None
    made = records.create(boss, STAFF, {"code": "R3", "name": "王芳", "phone": "139****2222"})
    assert records.read(boss, LEDGERS, STAFF, made).values["phone"] is None


def test_a_step_that_is_taken_back_brings_phones_back(boss: Session, ids: Ids) -> None:
    with operations.step(boss, "create", STAFF, "x", 1) as number:
        boss.execute(sa.text("UPDATE app.staff SET phone = '13700003333' WHERE code = 'R2'"))
    assert boss.scalars(sa.text("SELECT id FROM app.past_private")).all() == []
    take_back(boss, LEDGERS, number)
    assert records.read(boss, LEDGERS, STAFF, ids["R2"]).values["phone"] == "13900002222"
    (told,) = boss.scalars(sa.text("SELECT string_agg(coalesce(after, before)::text, '') FROM app.change"))
    assert "13700003333" not in told


def test_an_import_is_not_taken_back_by_halves(zhang: Session, ids: Ids) -> None:
    with operations.step(zhang, "create", ASSETS, "x", 1) as number:
        records.create(zhang, ASSETS, {"code": "ZN", "name": "桌", "department_id": ids["A"]})
    with pytest.raises(Refused, match="but not change it"):  # clerks do not delete
        take_back(zhang, LEDGERS, number)


def test_the_program_knows_what_to_offer(zhang: Session, boss: Session) -> None:
    own, all_ = asking.read(zhang), asking.read(boss)
    assert own.writes("asset")
    assert not own.removes("asset")
    assert not own.writes("asset_class")
    assert own.reads("asset_class")
    assert own.scopes["assets.read"] == "department"
    assert not own.may("posts.manage")
    assert all_.may("posts.manage")
    assert all_.removes("asset")
