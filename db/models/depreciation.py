"""Books of depreciation: what each depreciates and how, the months and what was charged in them.

A month is stored as its first day.
"""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Code, Line, Money, Name, Note, Quantity, Rate, Record, Searchable, grams_index
from db.models.assets import Method, Standard


class ChangeKind(enum.Enum):
    """Why the value or the life of an asset changes from a month on."""

    ESTIMATE = "estimate"  # life, residual or method seen anew
    REPAIR = "repair"  # capitalised: the cost grows
    REVALUATION = "revaluation"
    IMPAIRMENT = "impairment"


class PeriodState(enum.Enum):
    """How far a month is; `closed` is read-only for everybody."""

    OPEN = "open"
    CALCULATED = "calculated"
    CLOSED = "closed"


class Book(Record, Searchable, Base):
    """A set of books (账套) over the assets of the office.

    The two accounts serve where neither class nor department names one.
    """

    __tablename__ = "book"

    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    standard: Mapped[Standard]
    currency: Mapped[str] = mapped_column(sa.String(3), server_default="CNY")
    first_month: Mapped[date]
    expense_account: Mapped[Code | None]
    depreciation_account: Mapped[Code | None]
    note: Mapped[Note | None]

    __table_args__ = (
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_of_three_letters"),
        grams_index("book"),
    )


class BookClass(Record, Searchable, Base):
    """What one book says of a class and the classes below it; empty fields leave it to the class itself."""

    __tablename__ = "book_class"

    book_id: Mapped[int] = mapped_column(sa.ForeignKey("app.book.id", ondelete="CASCADE"))
    class_id: Mapped[int] = mapped_column(sa.ForeignKey("app.asset_class.id", ondelete="CASCADE"), index=True)
    method: Mapped[Method | None]
    life_months: Mapped[int | None]
    residual_rate: Mapped[Rate | None]
    depreciation_account: Mapped[Code | None]
    note: Mapped[Note | None]

    __table_args__ = (
        sa.UniqueConstraint("book_id", "class_id"),
        sa.CheckConstraint("life_months BETWEEN 1 AND 1200", name="life_in_range"),
        sa.CheckConstraint("residual_rate BETWEEN 0 AND 1", name="residual_rate_in_range"),
        grams_index("book_class"),
    )


class BookDepartment(Record, Searchable, Base):
    """The expense account that a book charges the depreciation of a department, and of those below it, to."""

    __tablename__ = "book_department"

    book_id: Mapped[int] = mapped_column(sa.ForeignKey("app.book.id", ondelete="CASCADE"))
    department_id: Mapped[int] = mapped_column(sa.ForeignKey("app.department.id", ondelete="CASCADE"), index=True)
    expense_account: Mapped[Code]
    note: Mapped[Note | None]

    __table_args__ = (sa.UniqueConstraint("book_id", "department_id"), grams_index("book_department"))


class BookAsset(Record, Searchable, Base):
    """What one book says of one asset; empty fields come from the class in this book, the card, the class.

    `opening_accumulated` and `opening_months` are what was charged before `starts_month` (before the first month of
    the book where that is empty); without them what the terms would have charged until then is taken.
    """

    __tablename__ = "book_asset"

    book_id: Mapped[int] = mapped_column(sa.ForeignKey("app.book.id", ondelete="CASCADE"))
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("app.asset.id", ondelete="CASCADE"), index=True)
    method: Mapped[Method | None]
    cost: Mapped[Money | None]
    life_months: Mapped[int | None]
    residual_rate: Mapped[Rate | None]
    residual_value: Mapped[Money | None]
    total_units: Mapped[Quantity | None]
    starts_month: Mapped[date | None]
    opening_accumulated: Mapped[Money | None]
    opening_months: Mapped[int | None]
    note: Mapped[Note | None]

    __table_args__ = (
        sa.UniqueConstraint("book_id", "asset_id"),
        sa.CheckConstraint("cost >= 0", name="cost_not_negative"),
        sa.CheckConstraint("life_months BETWEEN 1 AND 1200", name="life_in_range"),
        sa.CheckConstraint("residual_rate BETWEEN 0 AND 1", name="residual_rate_in_range"),
        sa.CheckConstraint("residual_value >= 0", name="residual_value_not_negative"),
        sa.CheckConstraint("total_units > 0", name="total_units_above_zero"),
        sa.CheckConstraint("opening_accumulated >= 0", name="opening_accumulated_not_negative"),
        sa.CheckConstraint("opening_months >= 0", name="opening_months_not_negative"),
        sa.CheckConstraint("(opening_accumulated IS NULL) = (opening_months IS NULL)", name="opening_whole"),
        grams_index("book_asset"),
    )


class ValueChange(Record, Searchable, Base):
    """A change of value or life in one book, in force from `month` on; `impairment` is the loss of that month."""

    __tablename__ = "value_change"

    book_id: Mapped[int] = mapped_column(sa.ForeignKey("app.book.id", ondelete="CASCADE"))
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("app.asset.id", ondelete="CASCADE"), index=True)
    month: Mapped[date]
    kind: Mapped[ChangeKind]
    cost: Mapped[Money | None]
    life_months: Mapped[int | None]
    residual_value: Mapped[Money | None]
    impairment: Mapped[Money | None]
    method: Mapped[Method | None]
    reason: Mapped[Line]

    __table_args__ = (
        sa.UniqueConstraint("book_id", "asset_id", "month"),
        sa.CheckConstraint("cost >= 0", name="cost_not_negative"),
        sa.CheckConstraint("life_months BETWEEN 1 AND 1200", name="life_in_range"),
        sa.CheckConstraint("residual_value >= 0", name="residual_value_not_negative"),
        sa.CheckConstraint("impairment > 0", name="impairment_above_zero"),
        sa.CheckConstraint(
            "num_nonnulls(cost, life_months, residual_value, impairment, method) > 0", name="changes_something"
        ),
        grams_index("value_change"),
    )


class MeterReading(Record, Searchable, Base):
    """What an asset did in a month, in the unit of its `total_units`: kilometres, machine hours, pieces."""

    __tablename__ = "meter_reading"

    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("app.asset.id", ondelete="CASCADE"))
    month: Mapped[date] = mapped_column(index=True)
    units: Mapped[Quantity]
    note: Mapped[Note | None]

    __table_args__ = (
        sa.UniqueConstraint("asset_id", "month"),
        sa.CheckConstraint("units >= 0", name="units_not_negative"),
        grams_index("meter_reading"),
    )


class Period(Base):
    """A month of a book that was calculated once; changed by the functions of `db/sql/periods.sql` and nothing else.

    `digest` is the SHA-256 of the entries as they were written: whether a run would still write the same is seen by it.
    """

    __tablename__ = "depreciation_period"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    book_id: Mapped[int] = mapped_column(sa.ForeignKey("app.book.id", ondelete="CASCADE"))
    month: Mapped[date]
    state: Mapped[PeriodState] = mapped_column(server_default=PeriodState.OPEN.value)
    entries: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[Money] = mapped_column(server_default="0")
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    calculated_at: Mapped[datetime | None]
    calculated_by: Mapped[str | None] = mapped_column(sa.String(64))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(sa.String(64))
    reopened_at: Mapped[datetime | None]
    reopened_by: Mapped[str | None] = mapped_column(sa.String(64))
    reopened_reason: Mapped[Line | None]

    __table_args__ = (
        sa.UniqueConstraint("book_id", "month"),
        sa.CheckConstraint("extract(day FROM month) = 1", name="month_begins_on_the_first"),
    )


class Entry(Base):
    """What a month charged one asset, with the terms it was charged by, so that a closed month never looks different.

    An asset has one in each month from the one it came into use to the one it left in, also where nothing is charged.
    `months` were charged in this entry (more than one where the asset was registered late), `months_charged` in all.
    The next month goes on from here: the `plan` columns say by which `running.Plan`, where a change or an opening
    balance set the charge anew; `plan_units_left` is a fraction. No foreign keys and one index only:
    `db/sql/periods_terms.sql` guards what they would, at a tenth of their price.
    """

    __tablename__ = "depreciation_entry"

    book_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    class_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    department_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    method: Mapped[Method]
    cost: Mapped[Money]
    residual: Mapped[Money]
    life_months: Mapped[int | None]
    months: Mapped[int]
    amount: Mapped[Money]
    months_charged: Mapped[int]
    accumulated: Mapped[Money]
    impairment: Mapped[Money]
    book_value: Mapped[Money]
    gone: Mapped[bool]
    total_units: Mapped[Quantity | None]
    units: Mapped[Quantity | None]
    plan_value: Mapped[Money | None]
    plan_since_months: Mapped[int | None]
    plan_since_accumulated: Mapped[Money | None]
    plan_units_left: Mapped[str | None] = mapped_column(sa.Text)
    plan_used: Mapped[Quantity | None]

    __table_args__ = (
        sa.CheckConstraint("amount >= 0 AND accumulated >= amount", name="charged_forward"),
        sa.CheckConstraint("book_value >= 0 AND book_value = cost - accumulated - impairment", name="book_value_right"),
    )
