"""Designs of labels that a ledger's rows are printed on."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Name, Record


class LabelDesign(Record, Base):
    """A design, shared by everybody; `logistics_desktop.features.labels.document` says what is in `design`."""

    __tablename__ = "label_design"

    ledger: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[Name]
    design: Mapped[dict[str, Any]]

    __table_args__ = (sa.UniqueConstraint("ledger", "name"),)
