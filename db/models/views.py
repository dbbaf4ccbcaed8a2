"""Views of the ledgers that people have saved under a name."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Line, Record

EVERYONE = "*"
"""`View.shared_with` of a view that all may use; no post is called that."""


class View(Record, Base):
    """A way to look at a ledger, as a JSON document; it belongs to whoever made it, `created_by`.

    `shared_with` is a post (`Staff.post` of the person whose `login` is signed in), `EVERYONE`, or None. With `opens`
    the ledger opens with it for those it is shared with. `db/sql/views.sql` says who sees it and who may change it.
    """

    __tablename__ = "view"

    ledger: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[Line]
    document: Mapped[dict[str, Any]]
    shared_with: Mapped[Line | None]
    opens: Mapped[bool] = mapped_column(server_default=sa.false())

    __table_args__ = (sa.UniqueConstraint("created_by", "ledger", "name"),)


class ViewChoice(Base):
    """The view that a ledger opens with for one user."""

    __tablename__ = "view_choice"

    login: Mapped[str] = mapped_column(sa.String(64), primary_key=True, server_default=sa.text("session_user"))
    ledger: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    view_id: Mapped[int] = mapped_column(sa.ForeignKey("app.view.id", ondelete="CASCADE"), index=True)
