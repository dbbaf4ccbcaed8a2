"""Views saved in the database: who sees them, who may change them, what a ledger opens with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from db.provision import add_user
from db.session import Target, connection_string, make_engine
from logistics_desktop.errors import UserError
from logistics_desktop.ledger import records, views
from logistics_desktop.ledger.views import EVERYONE
from logistics_desktop.ledgers import LEDGERS
from tests.offices import CLERK, PASSWORD

DOCUMENT = {"columns": [], "groups": ["status"], "note": "设备"}

As = Callable[[str], Session]


@pytest.fixture
def signed_in(database: Target, request: pytest.FixtureRequest) -> As:
    """Give a session of the clerk or of another user, who is made when first asked for."""
    add_user(connection_string(database), "other_clerk", PASSWORD, "clerk")

    def session(login: str) -> Session:
        engine = make_engine(replace(database, user=login, password=PASSWORD))
        opened = Session(engine)
        request.addfinalizer(engine.dispose)
        request.addfinalizer(opened.close)
        return opened

    return session


def only(session: Session) -> views.SavedView:
    (view,) = views.read(session, "assets").all
    return view


def test_a_view_comes_back_with_all_that_it_shows(session: Session) -> None:
    views.create(session, "assets", "  设备   一览 ", DOCUMENT)
    saved = only(session)
    assert (saved.name, saved.document, saved.owner, saved.mine) == ("设备 一览", DOCUMENT, CLERK, True)
    assert views.read(session, "staff").all == ()
    views.update(session, saved, {"columns": [1]})
    views.rename(session, only(session), "别名")
    assert (only(session).name, only(session).document) == ("别名", {"columns": [1]})
    views.delete(session, only(session))
    assert views.read(session, "assets").all == ()


@pytest.mark.parametrize("name", ["", "  \n ", "名" * 61])
def test_a_name_must_be_there_and_short(session: Session, name: str) -> None:
    with pytest.raises(UserError):
        views.create(session, "assets", name, DOCUMENT)


def test_a_name_is_taken_once_in_each_ledger(session: Session) -> None:
    views.create(session, "assets", "A", DOCUMENT)
    views.create(session, "staff", "A", DOCUMENT)
    views.create(session, "assets", "B", DOCUMENT)
    with pytest.raises(UserError, match="called “A”"):
        views.create(session, "assets", "A", DOCUMENT)
    with pytest.raises(UserError, match="called “A”"):
        views.rename(session, views.read(session, "assets").all[1], "A")


def test_two_pcs_of_one_user_do_not_overwrite_each_other(session: Session) -> None:
    views.create(session, "assets", "A", DOCUMENT)
    session.commit()
    seen = only(session)
    views.update(session, seen, {"first": 1})
    session.commit()
    with pytest.raises(UserError, match="elsewhere"):
        views.update(session, seen, {"second": 2})
    assert only(session).document == {"first": 1}


def test_others_see_what_is_shared_with_their_post_or_with_all(session: Session, signed_in: As) -> None:
    other = signed_in("other_clerk")
    records.create(
        session, LEDGERS["staff"], {"code": "R9", "name": "李静", "post": "资产管理员", "login": "other_clerk"}
    )
    views.create(session, "assets", "A", DOCUMENT)
    session.commit()
    for shared, seen in ((None, 0), ("会计", 0), ("资产管理员", 1), (EVERYONE, 1)):
        views.share(session, only(session), shared, opens=True)
        session.commit()
        assert len(views.read(other, "assets").all) == seen
        other.rollback()
    view = only(other)
    assert (view.mine, view.owner, view.opens) == (False, CLERK, True)
    assert views.posts(other) == ["资产管理员"]


def test_nobody_changes_what_another_has_saved(session: Session, signed_in: As) -> None:
    views.create(session, "assets", "A", DOCUMENT)
    views.share(session, only(session), EVERYONE, opens=False)
    session.commit()
    other = signed_in("other_clerk")
    view = only(other)
    attempts: list[Callable[[], None]] = [
        lambda: views.update(other, view, {}),
        lambda: views.rename(other, view, "mine now"),
        lambda: views.share(other, view, None, opens=False),
        lambda: views.delete(other, view),
    ]
    for attempt in attempts:
        with pytest.raises(UserError):
            attempt()
    other.execute(sa.text("UPDATE app.view SET name = 'forced'"))
    other.execute(sa.text("DELETE FROM app.view"))
    other.commit()
    assert only(session).name == "A"
    with pytest.raises(ProgrammingError, match="permission"):
        other.execute(sa.text("INSERT INTO app.view (ledger, name, document, created_by) VALUES ('a', 'b', '{}', 'c')"))
    other.rollback()
    with pytest.raises(ProgrammingError, match="permission"):
        other.execute(sa.text("INSERT INTO app.view_choice (ledger, view_id, login) VALUES ('a', 1, 'c')"))


def test_everybody_opens_with_the_view_of_their_own_choice(session: Session, signed_in: As) -> None:
    records.create(session, LEDGERS["staff"], {"code": "R9", "name": "李静", "post": "会计", "login": "other_clerk"})
    for name, shared in (("A", EVERYONE), ("B", "会计"), ("C", None)):
        number = views.create(session, "assets", name, DOCUMENT)
        view = views.read(session, "assets").get(number)
        assert view is not None
        views.share(session, view, shared, opens=True)
    views.choose(session, "assets", number)
    views.choose(session, "assets", number)
    session.commit()
    mine = views.read(session, "assets")
    assert (mine.chosen, mine.first) == (number, None)
    other = views.read(signed_in("other_clerk"), "assets")
    assert other.chosen is None
    assert other.first is not None
    assert other.first.name == "B", "the post's view goes before everybody's"
    views.choose(session, "assets", None)
    assert views.read(session, "assets").chosen is None
    views.choose(session, "assets", number)
    views.delete(session, next(view for view in mine.all if view.id == number))
    assert views.read(session, "assets").chosen is None


def test_a_saved_view_has_a_history(session: Session) -> None:
    views.create(session, "assets", "A", DOCUMENT)
    views.rename(session, only(session), "B")
    told = session.execute(sa.text("SELECT action, who FROM app.change WHERE table_name = 'view' ORDER BY id"))
    assert [tuple(line) for line in told] == [("I", CLERK), ("U", CLERK)]
