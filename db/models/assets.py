"""Fixed assets and their classes."""

from __future__ import annotations

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Code, Line, Money, Name, Note, Quantity, Rate, Record, Searchable, grams_index


class Method(enum.Enum):
    """How an asset is depreciated."""

    STRAIGHT_LINE = "straight_line"
    UNITS_OF_PRODUCTION = "units_of_production"
    DOUBLE_DECLINING = "double_declining"
    SUM_OF_YEARS = "sum_of_years"
    NONE = "none"


class Standard(enum.Enum):
    """The accounting standard that a book follows."""

    ENTERPRISE = "enterprise"
    GOVERNMENT = "government"


class Status(enum.Enum):
    """Where an asset stands in its life."""

    IN_USE = "in_use"
    IDLE = "idle"
    LENT = "lent"
    IN_REPAIR = "in_repair"
    SCRAPPED = "scrapped"
    DISPOSED = "disposed"


class AssetClass(Record, Searchable, Base):
    """A class of assets; the same code means different things in two editions of the table."""

    __tablename__ = "asset_class"

    edition: Mapped[Code]
    code: Mapped[Code]
    name: Mapped[Name] = mapped_column(index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.asset_class.id"), index=True)
    life_months: Mapped[int | None]
    method: Mapped[Method | None]
    residual_rate: Mapped[Rate | None]
    unit: Mapped[Code | None]
    note: Mapped[Note | None]

    __table_args__ = (
        sa.UniqueConstraint("edition", "code"),
        # Only so that a map between editions can name class and edition together.
        sa.UniqueConstraint("id", "edition"),
        sa.CheckConstraint("parent_id <> id", name="not_own_parent"),
        sa.CheckConstraint("life_months BETWEEN 1 AND 1200", name="life_in_range"),
        sa.CheckConstraint("residual_rate BETWEEN 0 AND 1", name="residual_rate_in_range"),
        grams_index("asset_class"),
    )


class AssetClassMap(Record, Base):
    """Which class of another edition takes the place of a class; at most one in each edition."""

    __tablename__ = "asset_class_map"

    from_id: Mapped[int] = mapped_column(sa.ForeignKey("app.asset_class.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(sa.BigInteger, index=True)
    to_edition: Mapped[Code]

    __table_args__ = (
        sa.UniqueConstraint("from_id", "to_edition"),
        sa.ForeignKeyConstraint(
            ["to_id", "to_edition"],
            ["app.asset_class.id", "app.asset_class.edition"],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("from_id <> to_id", name="not_onto_itself"),
    )


class Asset(Record, Searchable, Base):
    """A fixed asset, or a row of several alike; `original_value` is the cost of the whole row.

    A card that still waits for its number has no `code`.
    """

    __tablename__ = "asset"

    code: Mapped[Code | None] = mapped_column(unique=True)
    name: Mapped[Name] = mapped_column(index=True)
    class_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.asset_class.id"), index=True)
    specification: Mapped[Line | None]
    model: Mapped[Line | None]
    serial_number: Mapped[Line | None]
    maker: Mapped[Line | None]
    supplier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.supplier.id"), index=True)
    status: Mapped[Status] = mapped_column(server_default=Status.IN_USE.value)
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.department.id"), index=True)
    location_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.location.id"), index=True)
    keeper_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.staff.id"), index=True)
    users: Mapped[Line | None]
    unit: Mapped[Code | None]
    quantity: Mapped[Quantity] = mapped_column(server_default="1")
    unit_price: Mapped[Money | None]
    original_value: Mapped[Money | None] = mapped_column(index=True)
    purchased_on: Mapped[date | None]
    in_service_on: Mapped[date | None] = mapped_column(index=True)
    warranty_until: Mapped[date | None]
    disposed_on: Mapped[date | None]
    method: Mapped[Method | None]
    life_months: Mapped[int | None]
    residual_rate: Mapped[Rate | None]
    residual_value: Mapped[Money | None]
    funding_source: Mapped[Line | None]
    voucher_number: Mapped[Line | None]
    technical_data: Mapped[Note | None]
    note: Mapped[Note | None]

    __table_args__ = (
        sa.CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        sa.CheckConstraint("unit_price >= 0", name="unit_price_not_negative"),
        sa.CheckConstraint("original_value >= 0", name="original_value_not_negative"),
        sa.CheckConstraint("residual_value BETWEEN 0 AND original_value", name="residual_value_in_range"),
        sa.CheckConstraint("residual_rate BETWEEN 0 AND 1", name="residual_rate_in_range"),
        sa.CheckConstraint("life_months BETWEEN 1 AND 1200", name="life_in_range"),
        sa.CheckConstraint("disposed_on >= in_service_on", name="disposed_after_in_service"),
        # Sorted by status, most rows are equal: the order within is part of the index.
        sa.Index(None, "status", "id"),
        grams_index("asset"),
    )
