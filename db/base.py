"""What every table has in common: schema, names of constraints, column types, life of a row."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA = "app"

# Every constraint has a name, so that an error of the database can be told in words.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Code = Annotated[str, mapped_column(sa.String(64))]
Name = Annotated[str, mapped_column(sa.String(200))]
Line = Annotated[str, mapped_column(sa.String(200))]
Note = Annotated[str, mapped_column(sa.String(10_000))]
Money = Annotated[Decimal, mapped_column(sa.Numeric(18, 2))]
Quantity = Annotated[Decimal, mapped_column(sa.Numeric(18, 4))]
Rate = Annotated[Decimal, mapped_column(sa.Numeric(9, 6))]


class Base(DeclarativeBase):
    """The mapped classes of the office, all in one schema."""

    metadata = sa.MetaData(schema=SCHEMA, naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: sa.DateTime(timezone=True),
        date: sa.Date(),
        enum.Enum: sa.Enum(
            enum.Enum,
            native_enum=False,
            length=32,
            values_callable=lambda kind: [member.value for member in kind],
            create_constraint=True,
        ),
        dict[str, Any]: sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql"),
    }


class Record:
    """A row that people edit: its number, its version, and who touched it when.

    `version` counts the saves and tells two editors apart; the database raises it (`db/sql`), as it
    fills the four columns of origin, so that no client can forge them.
    """

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-10)
    version: Mapped[int] = mapped_column(server_default="1", sort_order=90)
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.now(), sort_order=91)
    created_by: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"), sort_order=92)
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.now(), sort_order=93)
    updated_by: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"), sort_order=94)


class Searchable:
    """A row that the quick search finds.

    `search` is the folded text of the fields that are searched, with the pinyin initials of the names;
    `grams` are the numbers of its character pairs, which the index holds. Both come from
    `logistics_desktop.ledger.search`; trigrams would not serve Chinese words of two characters, and
    depend on the server's locale, which numbers do not.
    """

    search: Mapped[str] = mapped_column(sa.Text, server_default="", sort_order=98)
    grams: Mapped[list[int]] = mapped_column(ARRAY(sa.Integer), server_default="{}", sort_order=99)


def grams_index(table: str) -> sa.Index:
    """The index behind the quick search of `table`."""
    return sa.Index(f"ix_{table}_grams", "grams", postgresql_using="gin")
