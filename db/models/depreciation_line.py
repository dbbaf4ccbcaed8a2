"""The view of the entries of depreciation (`db/sql/depreciation_line.sql`)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NAMING, SCHEMA, Base, Code, Line, Money, Name, Quantity, Searchable
from db.models.assets import AssetClass, Method
from db.models.organisation import Department, Location, Staff


class DepreciationLine(Searchable, Base):
    """An entry of one month with what its card says; read only, `id` is the asset's."""

    __tablename__ = "depreciation_line"
    metadata = sa.MetaData(schema=SCHEMA, naming_convention=NAMING)  # its own: a view is no table of the migrations

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    version: Mapped[int]
    book_id: Mapped[int] = mapped_column(sa.BigInteger)
    month: Mapped[date]
    code: Mapped[Code | None]
    name: Mapped[Name]
    specification: Mapped[Line | None]
    location_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Location.__table__.c.id))
    keeper_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Staff.__table__.c.id))
    in_service_on: Mapped[date | None]
    quantity: Mapped[Quantity]
    class_id: Mapped[int | None] = mapped_column(sa.ForeignKey(AssetClass.__table__.c.id))
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Department.__table__.c.id))
    method: Mapped[Method]
    life_months: Mapped[int | None]
    months: Mapped[int]
    months_charged: Mapped[int]
    units: Mapped[Quantity | None]
    cost: Mapped[Money]
    residual: Mapped[Money]
    amount: Mapped[Money]
    accumulated: Mapped[Money]
    impairment: Mapped[Money]
    book_value: Mapped[Money]
