"""The posts and what each may do, read and changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models.permissions import AccountPost, Permission, Post, PostPermission, Scope
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.features.permissions.catalogue import ADMINISTRATOR, PERMISSIONS, POSTS
from logistics_desktop.i18n import N_, _

_LONGEST = 60
_MAY_NOT = N_("You may not say what posts may do. Ask an administrator.")


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post and what it is called, translated; a `fixed` one has every permission and keeps them."""

    key: str
    title: str
    builtin: bool

    @property
    def fixed(self) -> bool:
        """Whether nobody may change what it may do."""
        return self.key == ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class KnownPermission:
    """A permission and what it is called, translated; one that is not `scoped` reaches all or nothing."""

    key: str
    title: str
    scoped: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who may do what: `scopes` by post and permission, those that are missing are not given."""

    posts: tuple[KnownPost, ...]
    permissions: tuple[KnownPermission, ...]
    scopes: Mapping[tuple[str, str], Scope]


def read(session: Session) -> Matrix:
    """Give all posts and permissions, those of the program in the order of its catalogue."""
    posts = [KnownPost(post.key, _title(post), post.builtin) for post in session.scalars(sa.select(Post))]
    permissions = [
        KnownPermission(one.key, _(PERMISSIONS.get(one.key, one.key)), one.scoped)
        for one in session.scalars(sa.select(Permission))
    ]
    order = {key: at for at, key in enumerate((*POSTS, *PERMISSIONS))}
    posts.sort(key=lambda post: (order.get(post.key, len(order)), post.title))
    permissions.sort(key=lambda one: (order.get(one.key, len(order)), one.key))
    given = session.execute(sa.select(PostPermission.post, PostPermission.permission, PostPermission.scope))
    return Matrix(tuple(posts), tuple(permissions), {(post, one): scope for post, one, scope in given})


def titles(session: Session) -> dict[str, str]:
    """What the posts are called in the user's language, by their keys."""
    return {post.key: _title(post) for post in session.scalars(sa.select(Post).order_by(Post.key))}


def give(session: Session, post: str, permission: str, scope: Scope | None) -> None:
    """Let a post have a permission as far as `scope`, or not at all. Raises `Refused`."""
    if scope is None:
        gone = sa.delete(PostPermission).where(PostPermission.post == post, PostPermission.permission == permission)
        done = session.scalars(gone.returning(PostPermission.post)).all()
        still = sa.select(PostPermission.post).where(
            PostPermission.post == post, PostPermission.permission == permission
        )
        if not done and session.scalar(still) is not None:
            raise Refused(_MAY_NOT)
        return
    new = insert(PostPermission).values(post=post, permission=permission, scope=scope)
    session.execute(new.on_conflict_do_update(index_elements=["post", "permission"], set_={"scope": scope}))


def add(session: Session, name: str, like: str | None = None) -> str:
    """Make a post, with what the post `like` may do; gives its key. Raises `UserError`."""
    name = _named(session, name)
    taken = set(session.scalars(sa.select(Post.key)))
    key = next(key for number in range(1, len(taken) + 2) if (key := f"own_{number}") not in taken)
    session.execute(sa.insert(Post).values(key=key, name=name))
    if like is not None:
        columns = sa.literal(key), PostPermission.permission, PostPermission.scope
        same = sa.select(*columns).where(PostPermission.post == like)
        session.execute(sa.insert(PostPermission).from_select(["post", "permission", "scope"], same))
    return key


def remove(session: Session, post: KnownPost) -> None:
    """Delete a post that the office made itself. Raises `Refused` where somebody holds it."""
    holders = session.scalar(sa.select(sa.func.count()).select_from(AccountPost).where(AccountPost.post == post.key))
    if holders:
        raise Refused(
            N_("“{post}” is held by {count} users. Give them another post first."), post=post.title, count=holders
        )
    if not session.scalars(sa.delete(Post).where(Post.key == post.key).returning(Post.key)).all():
        raise Refused(N_("“{post}” comes with the program and stays, or you may not delete it."), post=post.title)


def _named(session: Session, name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        raise UserError(N_("A post needs a name of at most {most} characters."), most=_LONGEST)
    if name in titles(session).values():
        raise UserError(N_("There is a post called “{name}” already."), name=name)
    return name


def _title(post: Post) -> str:
    return _(POSTS[post.key]) if post.builtin and post.key in POSTS else post.name
