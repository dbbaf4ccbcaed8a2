"""What a class gives, and moving from one edition of the class table to the next."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from db.models.assets import Method
from db.models.history import Change
from logistics_desktop import operations
from logistics_desktop.context import Office
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.features.assets import classes
from logistics_desktop.features.assets.class_ledger import CLASSES
from logistics_desktop.ledger import records
from logistics_desktop.ledger.referred import referred
from logistics_desktop.ledgers import LEDGERS
from tests.db.assets.conftest import Add, asset


def test_a_class_gives_what_it_or_the_nearest_above_it_says(office: Office, add: Add) -> None:
    top = add(
        "classes", edition="2022", code="A02", name="设备", life_months=60, unit="台", residual_rate=Decimal("0.05")
    )
    low = add("classes", edition="2022", code="A0201", name="计算机", parent_id=top, life_months=72, method=Method.NONE)
    given = ("life_months", "method", "unit", "residual_rate")
    with office.session() as session:
        assert {key: value for key, value in referred(session, LEDGERS, CLASSES, low).items() if key in given} == {
            "life_months": 72,
            "method": Method.NONE,
            "unit": "台",
            "residual_rate": Decimal("0.05"),
        }


def test_a_map_is_kept_and_assets_move_and_come_back(office: Office, add: Add) -> None:
    old = [add("classes", edition="2010", code=f"20101{n}", name=name) for n, name in enumerate(("桌", "椅", "凳"))]
    new = [add("classes", edition="2022", code=f"A05{n}", name=name) for n, name in enumerate(("桌", "椅"))]
    things = [add("assets", code=f"Z{n}", name="物", class_id=one) for n, one in enumerate((*old, old[0]))]
    with office.session() as session:
        assert classes.editions(session) == ["2010", "2022"]
        seen = classes.side_by_side(session, "2010", "2022")
        assert [line.assets for line in seen.old] == [2, 1, 1]
        proposed = classes.propose(seen.old, seen.new)
        classes.keep_map(session, "2022", {one: proposal.id for one, proposal in proposed.items()})
    with office.session() as session:
        classes.keep_map(session, "2022", {old[0]: new[0], old[1]: new[0]})
        classes.keep_map(session, "2022", {old[1]: None})
        assert classes.side_by_side(session, "2010", "2022").kept == {old[0]: new[0]}
        moved = classes.move_assets(session, "2010", "2022")
        assert (moved.moved, moved.left) == (2, 2)
    with office.session() as session:
        assert [asset(session, one)["class_id"] for one in things] == [new[0], old[1], old[2], new[0]]
        assert (
            session.scalar(sa.select(sa.func.count()).where(Change.batch == moved.step, Change.table_name == "asset"))
            == 2
        )
        operations.undo(session, LEDGERS, moved.step)
    with office.session() as session:
        assert [asset(session, one)["class_id"] for one in things] == [*old, old[0]]


def test_moving_without_a_map_is_refused(office: Office, add: Add) -> None:
    add("classes", edition="2010", code="1", name="桌")
    with office.session() as session, pytest.raises(Refused):
        classes.move_assets(session, "2010", "2022")
    with office.session() as session, pytest.raises(UserError):
        classes.move_assets(session, "2010", "2010")


def test_a_class_that_is_mapped_can_go_and_takes_its_line_along(office: Office, add: Add) -> None:
    old, new = add("classes", edition="1", code="1", name="桌"), add("classes", edition="2", code="1", name="桌")
    with office.session() as session:
        classes.keep_map(session, "2", {old: new})
    with office.session() as session:
        records.delete(session, LEDGERS, CLASSES, new, 1)
    with office.session() as session:
        assert not classes.side_by_side(session, "1", "2").kept
