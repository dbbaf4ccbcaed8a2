"""Every service that writes, sent twice with one key, and with its line broken in between, has its effect once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.orm import Session

from db.session import Target, connection_parameters
from logistics_desktop import attachments, organisation
from logistics_desktop.context import Office
from logistics_desktop.features.assets import cards, classes, numbering
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.cards import Card
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import edits, records, views
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.requests import AlreadyStored
from tests.db.faults.test_requests import LostAnswer, break_line


@dataclass(frozen=True, slots=True)
class There:
    """What the office has before."""

    asset: int
    other: int
    third: int
    picture: Path
    attachment: int
    view: int
    old: int


@pytest.fixture
def there(office: Office, tmp_path: Path) -> There:
    """Three assets, a file on one of them, two editions of classes, a view."""
    picture = tmp_path / "plate.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 500)
    with office.session() as session:
        old = records.create(session, LEDGERS["classes"], {"edition": "2010", "code": "01", "name": "old"})
        new = records.create(session, LEDGERS["classes"], {"edition": "2022", "code": "A01", "name": "new"})
        classes.keep_map(session, "2022", {old: new})
        values = {"name": "办公桌", "quantity": Decimal(4), "unit": "张", "class_id": old}
        asset = records.create(session, ASSETS, {**values, "code": "A-1", "maker": "海尔"})
        other = records.create(session, ASSETS, values)
        attachment = attachments.attach(session, "asset", asset, picture)
        view = views.create(session, "assets", "mine", {})
        return There(asset, other, records.create(session, ASSETS, values), picture, attachment, view, old)


def saved_view(session: Session) -> views.SavedView:
    return views.read(session, "assets").all[0]


PARTS = [Decimal(1), Decimal(3)]
SERVICES: dict[str, Callable[[Session, There], Any]] = {
    "create": lambda s, t: records.create(s, ASSETS, {"name": "new"}),
    "update": lambda s, t: records.update(s, LEDGERS, ASSETS, t.asset, 1, {"name": "changed"}),
    "delete": lambda s, t: records.delete_all(s, LEDGERS, ASSETS, {t.asset: 1, t.other: 1}, Job()),
    "attach": lambda s, t: attachments.attach_all(s, "asset", t.other, [t.picture], Job()),
    "detach": lambda s, t: attachments.detach_each(s, [t.attachment]),
    "split": lambda s, t: cards.split_asset(
        s, LEDGERS, Card(t.other, 1), [Decimal(1), Decimal(3)], numbered=True, job=Job()
    ),
    "create cards": lambda s, t: cards.create_cards(
        s, {"name": "many", "class_id": t.old}, [Decimal(1)] * 3, together=False, numbered=True, job=Job()
    ),
    "merge": lambda s, t: cards.merge_cards(s, LEDGERS, [Card(t.third, 1), Card(t.other, 1)]),
    "give numbers": lambda s, t: cards.give_numbers(s, [t.other]),
    "rule": lambda s, t: numbering.write_rule(s, "GD-{year}-{serial:4}"),
    "map": lambda s, t: classes.keep_map(s, "2022", {t.old: None}),
    "move": lambda s, t: classes.move_assets(s, "2010", "2022"),
    "fill": lambda s, t: edits.fill(s, LEDGERS, ASSETS, ["maker"], [t.asset, t.other]),
    "new view": lambda s, t: views.create(s, "assets", "another", {}),
    "view": lambda s, t: views.update(s, saved_view(s), {"a": 1}),
    "share": lambda s, t: views.share(s, saved_view(s), "*", opens=False),
    "setting": lambda s, t: organisation.write(s, organisation.ATTACHMENT_BYTES, 5_000_000),
}


def contents(database: Target) -> dict[str, object]:
    """Everything that is stored, the history too, as a sum of each table."""
    found: dict[str, object] = {}
    with psycopg.connect(**connection_parameters(database)) as connection:
        names = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'"
        ).fetchall()
        for (name,) in names:
            statement = f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM app.{name} t"
            found[name] = connection.execute(statement.encode()).fetchone()
    return found


@pytest.mark.parametrize("name", SERVICES)
def test_one_key_one_effect(office: Office, database: Target, there: There, name: str) -> None:
    request, service = uuid.uuid4(), SERVICES[name]
    before = contents(database)
    tried: list[int] = []

    def work(session: Session) -> object:
        value = service(session, there)
        session.flush()
        tried.append(1)
        if len(tried) == 1:
            break_line(session)  # what was done is undone, and done again
        return value

    with LostAnswer(office, 1):  # of the second attempt, which is stored
        office.save(work, request=request)
    assert len(tried) == 2
    after = contents(database)
    assert after["request"] != before["request"]
    with pytest.raises(AlreadyStored):
        office.save(work, request=request)
    assert contents(database) == after
    assert any(after[table] != before[table] for table in ("change", "setting", "asset_class_map")), "it did nothing"
