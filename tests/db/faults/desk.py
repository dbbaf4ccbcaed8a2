"""An office in which everything that the program writes can be written once: what the services are tried on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import psycopg
from sqlalchemy.orm import Session

from db.session import Target, connection_parameters
from logistics_desktop import attachments
from logistics_desktop.context import Office
from logistics_desktop.features.assets import classes
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.ledger import records, views
from logistics_desktop.ledgers import LEDGERS
from tests.offices import CLERK

ME, PEER, THIRD, NEWCOMER = 901, 902, 903, 904
_ROUTE = (
    '{"administrator": {"kind": "person", "staff": 903}, "urge_minutes": 0, "steps":'
    ' [{"key": "s", "name": "Signs", "type": "approve", "approvers": [{"kind": "person", "staff": 902}]}]}'
)
_FORM = '{"borrower": 903, "due_on": "2099-01-01", "purpose": "x", "to_location": null}'

# Request 1001 waits for me, 1002 is my own, 1003 came back to me, in 1004 I have asked somebody else.
_PEOPLE = f"""
    INSERT INTO app.staff (id, code, name) VALUES (901, 'M', 'Me'), (902, 'P', 'Peer'), (903, 'T', 'Third'),
        (904, 'N', 'Newcomer');
    UPDATE app.account SET staff_id = 901 WHERE login = '{CLERK}';
    INSERT INTO app.account (login, staff_id) VALUES ('peer', 902), ('third', 903);
    INSERT INTO app.approval_route (id, kind, name) VALUES (901, 'asset_borrow', 'Loans');
    INSERT INTO app.approval_version (id, route_id, number, state, definition, published_at, published_by)
    VALUES (901, 901, 1, 'published', '{_ROUTE}', now(), 'boss');
    INSERT INTO app.document (id, kind, number, state, requester_id, form, request)
    SELECT 1000 + n, 'asset_borrow', 'JY-' || n, 'returned', CASE WHEN n IN (2, 3) THEN 901 ELSE 902 END, '{_FORM}',
           gen_random_uuid() FROM generate_series(1, 4) n;
"""
_CASES = """
    INSERT INTO app.document_line (document_id, place, asset_id, said)
    SELECT 1000 + n, 1, CASE n WHEN 3 THEN %(other)s ELSE %(asset)s END, '{"remark": null}'
    FROM generate_series(1, 4) n;
    UPDATE app.document d SET asset_ids = ARRAY(SELECT asset_id FROM app.document_line WHERE document_id = d.id);
    UPDATE app.document SET state = 'submitted' WHERE id <> 1003;
    INSERT INTO app.approval_case (id, request, kind, document_id, number, title, form, version_id, requester_id,
                                   position, visit, state)
    SELECT id, gen_random_uuid(), kind, id, number, 'Loan', app.document_form(id), 901, requester_id, 1, 1,
           CASE state WHEN 'returned' THEN 'returned' ELSE 'running' END FROM app.document;
    INSERT INTO app.approval_task (id, case_id, visit, position, step, mode, staff_id, state, parent_id, opened_at,
                                   due_at, late)
    VALUES (901, 1001, 1, 1, 'Signs', 'any', 901, 'open', NULL, now(), NULL, 'remind'),
           (902, 1002, 1, 1, 'Signs', 'any', 902, 'open', NULL, now(), now() - interval '1 day', 'administrator'),
           (903, 1003, 1, 0, '', 'resubmit', 901, 'open', NULL, now(), NULL, 'remind'),
           (904, 1004, 1, 1, 'Signs', 'any', 901, 'held', NULL, now(), NULL, 'remind'),
           (905, 1004, 1, 1, 'Signs', 'delegated', 903, 'open', 904, now(), NULL, 'remind');
    INSERT INTO app.approval_decision (case_id, who_id, action)
    SELECT id, requester_id, 'submit' FROM app.approval_case;
    INSERT INTO app.approval_participant SELECT DISTINCT case_id, staff_id FROM app.approval_task;
    INSERT INTO app.approval_participant SELECT id, requester_id FROM app.approval_case ON CONFLICT DO NOTHING;
    INSERT INTO app.approval_copy (case_id, staff_id) VALUES (1001, 901);
    INSERT INTO app.approval_stand_in (id, staff_id, stand_in_id, starts_on, ends_on)
    VALUES (901, 901, 902, app.approval_today(), app.approval_today() + 9);
"""


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
    book: int


def furnished(office: Office, database: Target, folder: Path) -> There:
    """Three assets, a file on one of them, two editions of classes, a view, a book; people and what they asked for."""
    picture = folder / "plate.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 500)
    with office.session() as session:
        there = _things(session, picture)
    with psycopg.connect(autocommit=True, **connection_parameters(database)) as superuser:
        superuser.execute("SET search_path TO app, pg_temp")
        superuser.execute(_PEOPLE.encode())
        for statement in _CASES.split(";\n"):
            superuser.execute(statement.encode(), {"asset": there.asset, "other": there.other})
    return there


def _things(session: Session, picture: Path) -> There:
    old = records.create(session, LEDGERS["classes"], {"edition": "2010", "code": "01", "name": "old"})
    new = records.create(session, LEDGERS["classes"], {"edition": "2022", "code": "A01", "name": "new"})
    classes.keep_map(session, "2022", {old: new})
    values = {"name": "办公桌", "quantity": Decimal(4), "unit": "张", "class_id": old}
    charged = {"original_value": Decimal(1200), "in_service_on": date(2025, 12, 15), "life_months": 12}
    asset = records.create(session, ASSETS, {**values, **charged, "code": "A-1", "maker": "海尔"})
    other, third = (records.create(session, ASSETS, values) for _number in range(2))
    attachment = attachments.attach(session, "asset", asset, picture)
    view = views.create(session, "assets", "mine", {})
    book = records.create(
        session, LEDGERS["books"], {"code": "F", "name": "F", "standard": "enterprise", "first_month": date(2026, 1, 1)}
    )
    return There(asset, other, third, picture, attachment, view, old, book)


def contents(database: Target) -> dict[str, object]:
    """Everything that is stored, the history too, as a sum of each table."""
    return dict(_sums(database))


def _sums(database: Target) -> Iterator[tuple[str, object]]:
    with psycopg.connect(**connection_parameters(database)) as connection:
        names = connection.execute(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'"
        ).fetchall()
        for (name,) in names:
            statement = f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM app.{name} t"
            yield name, connection.execute(statement.encode()).fetchone()
