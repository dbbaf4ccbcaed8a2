"""Settings of the organisation, the same on every PC."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class Setting(Base):
    """A named value; `logistics_desktop.features` say which names there are and what they default to."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    value: Mapped[dict[str, Any]]
