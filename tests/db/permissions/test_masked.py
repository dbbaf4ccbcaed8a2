"""Phones and identity numbers of others are masked wherever rows are read, and nothing else tells them."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.ledger import edits, groups, records, references, rows
from logistics_desktop.ledger.edits import Edit
from logistics_desktop.ledger.filters import Between, Contains, Query, Sort
from logistics_desktop.ledger.history import history
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.palette import find
from logistics_desktop.workbook.export import export_list
from tests.db.permissions.test_reach import Ids, boss, ids, zhang

__all__ = ["boss", "ids", "zhang"]

STAFF = LEDGERS["staff"]
CLEAR = "13900002222"
# With one mask, and by the clear numbers in another order than by their codes.
ALIKE = {"R2": CLEAR, "R3": "13900092222", "R4": "13900012222"}


@pytest.fixture
def alike(boss: Session, ids: Ids) -> Ids:
    """People whose phones look the same, saved in every way by somebody who sees them in clear."""
    for code in ("R3", "R4"):
        ids[code] = records.create(
            boss, STAFF, {"code": code, "name": f"王{code}", "phone": ALIKE[code], "department_id": ids["B"]}
        )
    records.update(boss, LEDGERS, STAFF, ids["R2"], 1, {"name": "李娜娜"})
    edits.apply(boss, LEDGERS, STAFF, [Edit(ids["R3"], 1, {"post": "会计"})])
    boss.commit()
    return ids


def test_nothing_that_is_read_tells_them(zhang: Session, alike: Ids, tmp_path: Path) -> None:
    keys = [field.key for field in STAFF]
    told = [str(list(rows.all_rows(zhang, LEDGERS, STAFF, Query(), keys, 100)))]
    for code in ALIKE:
        told += [
            str(records.read(zhang, LEDGERS, STAFF, alike[code])),
            str(history(zhang, LEDGERS, STAFF, alike[code])),
        ]
    told.append(str(groups.groups(zhang, LEDGERS, STAFF, Query(), ["phone"])))
    export_list(zhang, LEDGERS, STAFF, Query(), keys, tmp_path / "staff.csv", groups=["phone"])
    told.append((tmp_path / "staff.csv").read_text("utf-8-sig"))
    with_everything = zhang.execute(sa.text("SELECT to_jsonb(s) FROM app.staff s")).scalars().all()
    told.append(str(with_everything))
    for text in told:
        assert "139****2222" in text
        assert not any(phone in text for phone in ALIKE.values())


def test_no_question_about_them_is_answered(zhang: Session, alike: Ids) -> None:
    for query in (
        Query((Contains("phone", CLEAR),)),
        Query((Contains("phone", "00002222"),)),
        Query((Between("phone", CLEAR, CLEAR),)),
        Query((Between("phone", "13900000000", "13900099999"),)),
        Query(search=CLEAR),
        Query(search="00002222"),
    ):
        assert rows.totals(zhang, LEDGERS, STAFF, query).count == 0
        assert list(rows.sorted_ids(zhang, LEDGERS, STAFF, query)) == []
    assert references.suggest(zhang, STAFF, CLEAR) == []
    assert find(zhang, LEDGERS, CLEAR) == []


def test_neither_order_nor_groups_tell_them_apart(zhang: Session, boss: Session, alike: Ids) -> None:
    def order(session: Session, *, descending: bool) -> list[str]:
        by_phone = Query((Contains("phone", "139"),), sorts=(Sort("phone", descending),))
        found = rows.first_page(session, LEDGERS, STAFF, by_phone, ["code"], 10)
        return [str(row.values[0]) for row in found]

    assert order(boss, descending=False) == ["R2", "R4", "R3"], "whoever sees them has them in order"
    assert order(zhang, descending=False) == ["R2", "R3", "R4"]
    assert order(zhang, descending=True) == ["R4", "R3", "R2"]
    by_phone = groups.groups(zhang, LEDGERS, STAFF, Query((Contains("phone", "139"),)), ["phone"])
    assert [(one.values, one.count) for one in by_phone] == [(("139****2222",), 3)]


def test_what_is_private_is_never_put_where_the_quick_search_looks() -> None:
    for entity in LEDGERS:
        assert not [field.key for field in entity if field.private is not None and field.searched]
