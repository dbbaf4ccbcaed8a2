"""Looking up the rows that other rows point to: while typing, as a tree, and in bulk for an import."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.conditions import id_of
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.search import condition, fold

# How a path is written, and every other way that people write one.
BETWEEN = "/"
_NAMED = 5
_SEPARATORS = re.compile(r"\s*[/\\>→]\s*")


@dataclass(frozen=True, slots=True)
class Node:
    """A row of a ledger that may be a tree; `shelf` is what tells equal codes apart, the edition of a class."""

    id: int
    parent_id: int | None
    code: str
    title: str
    shelf: str = ""


def suggest(session: Session, entity: Entity, text: str, limit: int = 50) -> list[Reference]:
    """Give what `text` may mean, by code, name or initials, the likeliest first; in a tree with the path to it."""
    code, title = _code(entity), _title(entity)
    typed = text.strip()
    likeliest = sa.case(
        (sa.or_(code == typed, title == typed), 0),
        (sa.or_(code.startswith(typed, autoescape=True), title.startswith(typed, autoescape=True)), 1),
        else_=2,
    )
    found = sa.select(id_of(entity.model), title, _shelf(entity)).where(condition(entity, typed))
    hits = session.execute(found.order_by(likeliest, *_order(entity)).limit(limit)).all()
    paths = _paths(session, entity, [hit[0] for hit in hits])
    named = [(number, paths.get(number, name), shelf) for number, name, shelf in hits]
    often = Counter(name for _number, name, shelf in named if shelf)
    return [Reference(number, f"{name} ({shelf})" if often[name] > 1 else name) for number, name, shelf in named]


def only(session: Session, entity: Entity, text: str) -> Reference:
    """Give the one row that `text` names in full, or can only mean. Raises `UserError`."""
    found = suggest(session, entity, text)
    exact = [each for each in found if text.strip() in (each.title, each.title.rpartition(BETWEEN)[2])]
    likely = exact or found
    if not likely:
        raise UserError(
            N_("“{text}” is not in “{ledger}”. Choose from the list, or add it there first."),
            text=text.strip(),
            ledger=_(entity.label),
        )
    if len(likely) > 1:
        raise UserError(
            N_("“{text}” may mean several rows of “{ledger}”: {names}. Choose one from the list."),
            text=text.strip(),
            ledger=_(entity.label),
            names=", ".join(each.title for each in likely[:_NAMED]) + ("…" if len(likely) > _NAMED else ""),
        )
    return likely[0]


def tree(session: Session, entity: Entity) -> list[Node]:
    """Give every row, in the ledger's order; the parent of each makes the tree."""
    parent = entity.parent.stored if entity.parent else sa.null()
    code = sa.func.coalesce(_code(entity), "")  # a card may still wait for its number
    columns: list[Any] = [id_of(entity.model), parent, code, _title(entity), _shelf(entity)]
    return [Node(*row) for row in session.execute(sa.select(*columns).order_by(*_order(entity)))]


class Lookup:
    """What a text in a workbook may refer to: a code, a name, "code name", "name (code)", or a path such as "A/B".

    A path may leave out its beginning. A text that fits several rows is ambiguous and gives all of them,
    except that a code goes before a name.
    """

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._nodes = {node.id: node for node in nodes}
        self._above = {node.id: (node.parent_id, node.title) for node in self._nodes.values()}
        self._by_code: defaultdict[str, list[int]] = defaultdict(list)
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        for node in self._nodes.values():
            self._by_code[plain(node.code)].append(node.id)
            both = (f"{node.code} {node.title}", f"{node.title} ({node.code})")
            for name in {plain(text) for text in (*both, *self._ends_of_path(node))}:
                self._by_name[name].append(node.id)

    def ids(self, text: str) -> tuple[int, ...]:
        """Give the rows that `text` refers to: none if it is unknown, several if it is ambiguous."""
        known = plain(text)
        return tuple(self._by_code.get(known) or self._by_name.get(known) or ())

    def path(self, number: int) -> str:
        """Give the names from the root to a row, to tell ambiguous ones apart."""
        return BETWEEN.join(_names_to(number, self._above))

    def code(self, number: int) -> str:
        """Give the code of a row."""
        return self._nodes[number].code

    def _ends_of_path(self, node: Node) -> list[str]:
        names = _names_to(node.id, self._above)
        return [BETWEEN.join(names[start:]) for start in range(len(names))]


def _names_to(number: int, above: dict[int, tuple[int | None, str]]) -> list[str]:
    """Give the names from the root to row `number`; no row comes twice, whatever the data say."""
    names: dict[int, str] = {}
    at: int | None = number
    while at is not None and at in above and at not in names:
        above_it, names[at] = above[at]
        at = above_it
    return [*names.values()][::-1]


def _paths(session: Session, entity: Entity, ids: Sequence[int]) -> dict[int, str]:
    """Give the path of each row of a tree, nothing for a plain ledger."""
    if entity.parent is None:
        return {}
    number, parent, title = id_of(entity.model), entity.parent.stored, _title(entity)
    up = sa.select(number.label("id"), parent.label("parent"), title.label("title")).where(number.in_(ids))
    chain = up.cte(recursive=True)
    chain = chain.union(sa.select(number, parent, title).where(number == chain.c.parent))
    above = {row.id: (row.parent, row.title) for row in session.execute(sa.select(chain))}
    return {one: BETWEEN.join(_names_to(one, above)) for one in ids}


def plain(text: str) -> str:
    """Give a name or path as it is compared: blanks, width and case of letters do not matter."""
    return _SEPARATORS.sub(BETWEEN, "".join(fold(text).split()))


def path_of(text: str) -> list[str]:
    """Give the names in a path, from the top."""
    return [name for part in _SEPARATORS.split(text) if (name := part.strip())]


def _code(entity: Entity) -> sa.Column[Any]:
    return entity.by_key[entity.match[-1].key].stored


def _shelf(entity: Entity) -> sa.ColumnElement[str]:
    return entity.by_key[entity.match[0].key].stored if len(entity.match) > 1 else sa.literal("")


def _title(entity: Entity) -> sa.Column[Any]:
    return entity.by_key[entity.title.key].stored


def _order(entity: Entity) -> list[sa.ColumnElement[Any]]:
    return [*(entity.by_key[column.key].stored for column in entity.order), id_of(entity.model)]
