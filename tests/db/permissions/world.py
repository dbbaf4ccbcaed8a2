"""An office with somebody of every post in department A, and everything of worth in department B."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg

from db.provision import add_user
from db.session import Target, connection_parameters, connection_string
from tests.db.permissions import dealings
from tests.offices import PASSWORD

POSTS = (
    "clerk",
    "asset_manager",
    "warehouse_manager",
    "finance",
    "department_head",
    "dispatcher",
    "venue_manager",
    "maintenance",
    "auditor",
    "administrator",
)
HIDDEN_PHONE = "13912345678"
STEP = "00000000-0000-0000-0000-000000000001"
"""A step that changed the phone of the hidden person."""
HIDDEN_FILE = hashlib.sha256(b"x").hexdigest()

# Written by the superuser, whom no policy binds; number 1 and 2 are departments A and, below it, A1; number 3 is B.
_FILL = f"""
    INSERT INTO app.department (code, name, parent_id) VALUES ('A', 'A', NULL), ('A1', 'A1', 1), ('B', 'B', NULL);
    INSERT INTO app.staff (code, name, department_id, login, phone, id_number)
    SELECT 'R' || n, p, 1, 'post_' || p, '1380000000' || n, '11010119900101000' || n
    FROM unnest(ARRAY['{"','".join(POSTS)}']) WITH ORDINALITY posts (p, n);
    INSERT INTO app.staff (id, code, name, department_id, phone, id_number)
    VALUES (1000, 'X', 'Hidden', 3, '{HIDDEN_PHONE}', '110101198001011234');
    INSERT INTO app.asset (id, code, name, department_id, original_value, search, grams)
    VALUES (1001, 'OWN', 'Desk of A', 1, 100, 'desk of a', '{{1}}'),
           (1002, 'SECRET', 'Safe of B', 3, 777, 'safe of b', '{{1}}'),
           (1010, 'GONE', 'Plan of B', 3, 888, 'plan of b', '{{1}}');
    DELETE FROM app.asset WHERE id = 1010;
    INSERT INTO app.supplier (code, name, account) VALUES ('S', 'Supplier', '6222');
    INSERT INTO app.asset_class (edition, code, name) VALUES ('1', '1', 'Desks'), ('2', '2', 'Desks');
    INSERT INTO app.asset_class_map (from_id, to_id, to_edition) VALUES (1, 2, '2');
    INSERT INTO app.location (code, name) VALUES ('L', 'Hall');
    INSERT INTO app.label_design (ledger, name, design) VALUES ('assets', 'Small', '{{}}');
    INSERT INTO app.header_map VALUES ('assets', 'x', 'name');
    INSERT INTO app.setting VALUES ('colour', '{{}}');
    INSERT INTO app.number_counter VALUES ('N', 7);
    INSERT INTO app.operation (id, kind, ledger, title, rows) VALUES (gen_random_uuid(), 'split', 'assets', 'x', 1);
    INSERT INTO app.import_batch (id, ledger, file_name, sha256, sheet, new, changed, unchanged, refused)
    VALUES (gen_random_uuid(), 'assets', 'secret.xlsx', 'x', 'x', 1, 0, 0, 0);
    INSERT INTO app.view (id, ledger, name, document) VALUES (1003, 'assets', 'Private', '{{}}');
    INSERT INTO app.view_choice VALUES ('somebody', 'assets', 1003);
    INSERT INTO app.content VALUES ('{HIDDEN_FILE}', 1, 'text/plain');
    INSERT INTO app.content_chunk VALUES ('{HIDDEN_FILE}', 0, 'x');
    INSERT INTO app.attachment (id, table_name, record_id, sha256, file_name)
    VALUES (1004, 'asset', 1002, '{HIDDEN_FILE}', 'plan.pdf');
    INSERT INTO app.account (login) VALUES ('somebody');
    INSERT INTO app.account_post VALUES ('somebody', 'auditor');
    INSERT INTO app.past_private VALUES ('{STEP}', 1000, '13900000000', NULL);
    INSERT INTO app.request (login, key) VALUES ('somebody', gen_random_uuid());
    INSERT INTO app.post VALUES ('temp', 'Temporary', false);
"""


def fill(database: Target) -> None:
    """Put the people and the things into an empty office."""
    installer = connection_string(database)
    with psycopg.connect(installer, autocommit=True) as connection:
        connection.execute(_FILL)
        connection.execute(dealings.FILL)
        connection.execute("SELECT app.note_event('exported', 'assets', NULL), app.seal()")
    for post in POSTS:
        add_user(installer, f"post_{post}", PASSWORD, post)


@contextmanager
def signed_in(database: Target, post: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A plain connection of somebody of a post; every statement by itself."""
    target = replace(database, user=f"post_{post}", password=PASSWORD)
    with psycopg.connect(autocommit=True, **connection_parameters(target)) as connection:
        yield connection
