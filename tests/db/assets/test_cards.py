"""Rows split into cards, merged back, made from one entry, and all of it taken back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from db.models.assets import Asset, Status
from logistics_desktop import attachments, operations
from logistics_desktop.context import Office
from logistics_desktop.errors import Conflict, FieldErrors, Refused, UserError
from logistics_desktop.features.assets import cards
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.cards import Card
from logistics_desktop.ledger import records
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.history import history
from logistics_desktop.ledger.rows import first_page
from logistics_desktop.ledgers import LEDGERS
from tests.db.assets.conftest import Add, asset

DESKS = {
    "code": "OLD-1",
    "name": "办公桌",
    "quantity": Decimal(3),
    "unit_price": Decimal("33.33"),
    "original_value": Decimal("100.00"),
    "residual_value": Decimal("5.00"),
}
ONES = [Decimal(1)] * 3


@pytest.fixture
def desks(add: Add) -> int:
    """A row of three desks of a class, bought in 2025."""
    kind = add("classes", edition="2022", code="A05010201", name="办公桌")
    return add("assets", **DESKS, class_id=kind, purchased_on="2025-03-01")


def all_assets(office: Office) -> list[dict[str, Any]]:
    with office.session() as session:
        return [asset(session, one) for one in session.scalars(sa.select(Asset.id).order_by(Asset.id)).all()]


def split(office: Office, row: int, *, numbered: bool = True) -> cards.Made:
    with office.session() as session:
        return cards.split_asset(session, LEDGERS, Card(row, 1), ONES, numbered=numbered)


def test_a_row_becomes_numbered_cards_that_add_up(office: Office, desks: int) -> None:
    made = split(office, desks)
    found = all_assets(office)
    assert [one["code"] for one in found] == ["OLD-1", "A05010201-2025-0001", "A05010201-2025-0002"]
    assert made.codes == ("A05010201-2025-0001", "A05010201-2025-0002")
    assert [one["original_value"] for one in found] == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]
    assert sum(one["residual_value"] for one in found) == Decimal("5.00")
    assert {one["unit_price"] for one in found} == {Decimal("33.33")}
    with office.session() as session:
        assert first_page(session, LEDGERS, ASSETS, Query(search="bgz 0002"), ("code",), 5)


def test_split_and_merged_back_is_the_row_as_it_was(office: Office, desks: int) -> None:
    before = all_assets(office)
    split(office, desks)
    with office.session() as session:
        merger = cards.plan_merge(session, LEDGERS, [one.id for one in session.scalars(sa.select(Asset))])
        assert not merger.forbidden
        assert {one.key for one in merger.differences} == {"code"}
        cards.merge_cards(session, LEDGERS, merger.cards)
    assert all_assets(office) == before


@pytest.mark.parametrize("numbered", [True, False])
def test_a_split_is_taken_back(office: Office, desks: int, numbered: bool) -> None:
    before = all_assets(office)
    made = split(office, desks, numbered=numbered)
    with office.session() as session:
        assert operations.undo(session, LEDGERS, made.step).deleted == 2
    assert all_assets(office) == before
    with office.session() as session, pytest.raises(UserError, match="took this back"):
        operations.undo(session, LEDGERS, made.step)


def test_a_split_that_was_worked_on_stays(office: Office, desks: int) -> None:
    made = split(office, desks)
    with office.session() as session:
        records.update(session, LEDGERS, ASSETS, desks, 2, {"note": "x", "quantity": Decimal(9)})
    with office.session() as session, pytest.raises(Refused, match="worked on since"):
        operations.undo(session, LEDGERS, made.step)
    assert len(all_assets(office)) == 3


def test_a_merger_is_taken_back_with_files_and_search(office: Office, desks: int, tmp_path: Path) -> None:
    split(office, desks)
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(32))
    before = all_assets(office)
    with office.session() as session:
        ids = sorted(one.id for one in session.scalars(sa.select(Asset)))
        attachments.attach(session, "asset", ids[2], photo)
    with office.session() as session:
        merger = cards.plan_merge(session, LEDGERS, ids)
        made = cards.merge_cards(session, LEDGERS, merger.cards)
        assert [file.file_name for file in attachments.attached(session, "asset", desks)] == ["photo.png"]
    with office.session() as session:
        done = operations.undo(session, LEDGERS, made.step)
        assert (done.restored, done.returned) == (1, 2)
    assert all_assets(office) == before
    with office.session() as session:
        assert not attachments.attached(session, "asset", desks)
        assert [file.file_name for file in attachments.attached(session, "asset", ids[2])] == ["photo.png"]
        attachments.save_copy(session, attachments.attached(session, "asset", ids[2])[0].id, tmp_path / "copy.png")
        assert {row.id for row in first_page(session, LEDGERS, ASSETS, Query(search="bgz"), ("code",), 5)} == {*ids}
        told = history(session, LEDGERS, ASSETS, ids[2])
        assert [line.action.value for line in told if line.label == "Asset code"] == ["I", "D", "I"]


def test_cards_that_are_not_alike_stay_apart(office: Office, add: Add) -> None:
    one = add("assets", code="A", name="办公桌", quantity=Decimal(1))
    two = add("assets", code="B", name="办公椅", quantity=Decimal(1))
    with office.session() as session:
        merger = cards.plan_merge(session, LEDGERS, [one, two])
        assert [found.key for found in merger.forbidden] == ["name"]
    with office.session() as session, pytest.raises(Refused, match="Name"):
        cards.merge_cards(session, LEDGERS, merger.cards)
    assert len(all_assets(office)) == 2


def test_somebody_else_was_faster(office: Office, desks: int) -> None:
    with office.session() as session:
        records.update(session, LEDGERS, ASSETS, desks, 1, {"note": "mine"})
    with pytest.raises(Conflict):
        split(office, desks)
    assert len(all_assets(office)) == 1


def test_many_cards_from_one_entry(office: Office, desks: int) -> None:
    entry = {"name": "办公椅", "class_id": all_assets(office)[0]["class_id"], "original_value": Decimal("100.00")}
    with office.session() as session:
        made = cards.create_cards(session, entry, ONES, together=True, numbered=True)
    assert len(set(made.codes)) == 3
    new = all_assets(office)[1:]
    assert sum(one["original_value"] for one in new) == Decimal("100.00")
    with office.session() as session:
        cards.create_cards(session, entry, ONES, together=False, numbered=False)
    assert [(one["original_value"], one["code"]) for one in all_assets(office)[4:]] == [(Decimal("100.00"), None)] * 3
    with office.session() as session:
        operations.undo(session, LEDGERS, made.step)
    assert len(all_assets(office)) == 4


@pytest.mark.parametrize(
    "entry", [{}, {"name": "椅", "original_value": Decimal(-1)}, {"name": "椅" * 201}, {"name": "椅", "code": "X"}]
)
def test_an_entry_that_is_wrong_makes_nothing(office: Office, entry: dict[str, Any]) -> None:
    with office.session() as session, pytest.raises((FieldErrors, UserError)):
        cards.create_cards(session, entry, ONES, together=True, numbered=False)
    assert all_assets(office) == []


def test_the_tray_counts_what_waits_and_numbers_empty_it(office: Office, add: Add) -> None:
    kind = add("classes", edition="2022", code="A1", name="椅")
    ids = [add("assets", name="办公椅", class_id=kind) for _ in range(3)]
    add("assets", name="旧椅", status=Status.SCRAPPED)
    with office.session() as session:
        assert cards.waiting(session) == {"code": 3, "location_id": 3, "keeper_id": 3}
        made = cards.give_numbers(session, ids)
    with office.session() as session:
        assert cards.waiting(session)["code"] == 0
        assert first_page(session, LEDGERS, ASSETS, Query(search="0002"), ("code",), 5)[0].id == ids[1]
    with office.session() as session, pytest.raises(UserError, match="already"):
        cards.give_numbers(session, ids)
    with office.session() as session:
        operations.undo(session, LEDGERS, made.step)
        assert cards.waiting(session)["code"] == 3


def test_a_card_without_what_the_number_needs_is_named(office: Office, add: Add) -> None:
    ids = [add("assets", name="没有类别的椅子")]
    with office.session() as session, pytest.raises(Refused, match=r"没有类别的椅子.*no class"):
        cards.give_numbers(session, ids)
