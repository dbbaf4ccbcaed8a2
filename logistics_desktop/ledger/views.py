"""Views of a ledger saved under a name, in the database: one's own, and those that others share.

The document is whatever the window says about columns, filters, groups and colours; here it is only kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models.organisation import Staff
from db.models.views import EVERYONE, View, ViewChoice
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_

__all__ = ["EVERYONE", "SavedView", "Views", "choose", "create", "delete", "posts", "read", "rename", "share", "update"]

_ME: sa.ColumnElement[str] = sa.literal_column("session_user", sa.String)
_LONGEST = 60  # characters of a name, so that menus stay narrow
_GONE = N_("The view “{name}” was changed or deleted elsewhere. Look at the list of views again.")


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved view; `shared_with` is a post, `EVERYONE` or None, and `opens` the view for those when they begin."""

    id: int
    version: int
    name: str
    document: Mapping[str, Any]
    owner: str
    mine: bool
    shared_with: str | None
    opens: bool


@dataclass(frozen=True, slots=True)
class Views:
    """The views of a ledger that the user may use, one's own first; `chosen` is what the user opens the ledger with."""

    all: tuple[SavedView, ...] = ()
    chosen: int | None = None

    def get(self, number: int | None) -> SavedView | None:
        """The view numbered so, if it is still there."""
        return next((view for view in self.all if view.id == number), None)

    @property
    def first(self) -> SavedView | None:
        """What somebody begins with who has chosen nothing: what is shared with the post goes before everybody's."""
        open_ = [view for view in self.all if view.opens and not view.mine]
        return min(open_, key=lambda view: view.shared_with == EVERYONE, default=None)


def read(session: Session, ledger: str) -> Views:
    """Give the views of a ledger that the signed-in user may use."""
    mine = (View.created_by == _ME).label("mine")
    found = session.execute(
        sa.select(View, mine).where(View.ledger == ledger).order_by(mine.desc(), View.name, View.id)
    )
    chosen = session.scalar(sa.select(ViewChoice.view_id).where(ViewChoice.ledger == ledger, ViewChoice.login == _ME))
    return Views(tuple(_saved(view, own) for view, own in found), chosen)


def posts(session: Session) -> list[str]:
    """Give the posts that a view can be shared with."""
    return list(session.scalars(sa.select(Staff.post).where(Staff.post != "").distinct().order_by(Staff.post)))


def create(session: Session, ledger: str, name: str, document: Mapping[str, Any]) -> int:
    """Save a new view and give its number. Raises `UserError` where the name is missing, too long or taken."""
    values = {"ledger": ledger, "name": _named(name), "document": dict(document)}
    made: int | None = session.scalar(insert(View).values(values).on_conflict_do_nothing().returning(View.id))
    if made is None:
        raise _taken(name)
    return made


def update(session: Session, view: SavedView, document: Mapping[str, Any]) -> None:
    """Replace what one's own view shows. Raises `UserError` if it was changed or deleted elsewhere."""
    _change(session, view, document=dict(document))


def rename(session: Session, view: SavedView, name: str) -> None:
    """Give one's own view another name. Raises `UserError` as `create` and `update` do."""
    name = _named(name)
    ledger = sa.select(View.ledger).where(View.id == view.id).scalar_subquery()
    same = sa.select(View.id).where(View.name == name, View.created_by == _ME, View.ledger == ledger)
    if session.scalar(same.where(View.id != view.id)) is not None:
        raise _taken(name)
    _change(session, view, name=name)


def share(session: Session, view: SavedView, shared_with: str | None, *, opens: bool) -> None:
    """Share one's own view with a post or `EVERYONE`, or with nobody; `opens` makes it what they begin with."""
    _change(session, view, shared_with=shared_with, opens=opens and shared_with is not None)


def delete(session: Session, view: SavedView) -> None:
    """Delete one's own view, for those too with whom it is shared."""
    if not session.scalars(sa.delete(View).where(View.id == view.id, View.created_by == _ME).returning(View.id)).all():
        raise UserError(_GONE, name=view.name)


def choose(session: Session, ledger: str, view: int | None) -> None:
    """Open the ledger with this view from now on, or as it was left."""
    if view is None:
        session.execute(sa.delete(ViewChoice).where(ViewChoice.ledger == ledger, ViewChoice.login == _ME))
        return
    chosen = insert(ViewChoice).values(ledger=ledger, view_id=view)
    session.execute(chosen.on_conflict_do_update(index_elements=["login", "ledger"], set_={"view_id": view}))


def _change(session: Session, view: SavedView, **values: Any) -> None:
    same = sa.and_(View.id == view.id, View.version == view.version, View.created_by == _ME)
    found: Sequence[int] = session.scalars(sa.update(View).where(same).values(values).returning(View.id)).all()
    if not found:
        raise UserError(_GONE, name=view.name)


def _saved(view: View, mine: bool) -> SavedView:
    return SavedView(
        view.id, view.version, view.name, view.document, view.created_by, mine, view.shared_with, view.opens
    )


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError(N_("A view needs a name."))
    if len(name) > _LONGEST:
        raise UserError(N_("The name has {length} characters; {most} are the most."), length=len(name), most=_LONGEST)
    return name


def _taken(name: str) -> UserError:
    return UserError(N_("You have a view called “{name}” already. Choose another name."), name=name)
