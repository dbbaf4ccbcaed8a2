"""Many new rows at once.

COPY is refused on a table under row level security, so rows travel as one JSON document for a few thousand of them,
which the server takes apart: about as fast, and each statement is checked, recorded and told once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import psycopg
from psycopg import sql

from db.base import SCHEMA

_AT_ONCE = 5_000
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def insert_rows(
    connection: psycopg.Connection[Any], table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert `rows`, whose values are in the order of `columns`, into a table of the office."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    name = sql.Identifier(SCHEMA, table)
    statement = sql.SQL("INSERT INTO {0} ({1}) SELECT {1} FROM json_populate_recordset(NULL::{0}, %s::json)").format(
        name, names
    )
    waiting = iter(rows)
    while chunk := list(islice(waiting, _AT_ONCE)):
        document = _WRITTEN.encode([dict(zip(columns, row, strict=True)) for row in chunk])
        connection.execute(statement, (document,))
