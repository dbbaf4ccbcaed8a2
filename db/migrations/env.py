"""Runs the migrations on the connection that `db.schema` (or a developer's `alembic` command) hands over.

A new migration, made by comparing the models with a database of the present revision:
    alembic -c db/migrations/alembic.ini -x url=postgresql+psycopg://… revision --autogenerate --rev-id 0002 -m "words"
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

from db.base import SCHEMA, Base
from db.models import __all__ as _modules  # importing the models fills the metadata

assert _modules


def _run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table_schema=SCHEMA,
        include_schemas=True,
        include_name=lambda name, kind, _parents: kind != "schema" or name == SCHEMA,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


connection = context.config.attributes.get("connection")
if connection is None:
    url = context.get_x_argument(as_dictionary=True)["url"]
    # Comparing, Alembic must not find our schema on the search path, or it takes every table for another one.
    engine = sa.create_engine(url, connect_args={"options": "-c search_path=public -c role=logistics_owner"})
    with engine.connect() as opened, opened.begin():
        _run(opened)
else:
    _run(connection)
