"""Trying attempts, and the table of what became of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from db.session import Target, connection_string
from tests.db.permissions.attacks import Attempt, attempts, functions, tables
from tests.db.permissions.world import POSTS, signed_in

NOTHING = "no rows"

# Refused for lack of a right, COPY under row level security, and numbers that only the database gives.
_REFUSED = {"42501", "0A000", "0LP01", "428C9"}
_NO_SUCH_THING = {"42P01", "42703", "22P02", "42883", "22023", "22025"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt: an SQLSTATE, `NOTHING`, or None where it succeeded."""

    attempt: Attempt
    answer: str | None


def try_all(database: Target, post: str) -> list[Outcome]:
    """Everything that somebody of a post tries with plain statements."""
    with psycopg.connect(connection_string(database), autocommit=True) as owner:
        known, calls = tables(owner), functions(owner)
        rights: dict[str, str] = dict(
            owner.execute("SELECT permission, scope FROM app.post_permission WHERE post = %s", (post,)).fetchall()
        )
    with signed_in(database, post) as connection:
        return [Outcome(one, _answer(connection, one)) for one in attempts(post, rights, known, calls)]


def _answer(connection: psycopg.Connection[tuple[Any, ...]], attempt: Attempt) -> str | None:
    try:
        if attempt.alone:
            return _run(connection, attempt)
        with connection.transaction(force_rollback=True):
            return _run(connection, attempt)
    except psycopg.Error as refused:
        state = refused.sqlstate or ""
        crafted = attempt.group.startswith(("functions", "deceive"))
        if state in _REFUSED or state.startswith("P04") or (crafted and state in _NO_SUCH_THING):
            return state
        return None


def _run(connection: psycopg.Connection[tuple[Any, ...]], attempt: Attempt) -> str | None:
    for statement in attempt.statements[:-1]:
        connection.execute(statement)
    if attempt.said.startswith("COPY (SELECT 1 FROM"):
        with connection.cursor().copy(attempt.said) as copy:
            return None if any(copy) else NOTHING
    cursor = connection.execute(attempt.said)
    if attempt.said.startswith("DO $$"):
        return NOTHING
    return NOTHING if cursor.rowcount == 0 else None


def report(outcomes: Mapping[str, Iterable[Outcome]]) -> Iterator[str]:
    """The table of attempts and posts, in Markdown: what answered each group, and how often."""
    groups: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for post, tried in outcomes.items():
        for one in tried:
            groups[one.attempt.group][post][str(one.answer)] += 1
    yield "| attempt | " + " | ".join(post.replace("_", " ") for post in POSTS) + " |"
    yield "|---|" + "---|" * len(POSTS)
    for group in sorted(groups):
        yield f"| {group} | " + " | ".join(_cell(groups[group][post]) for post in POSTS) + " |"
    sums = (str(sum(groups[group][post].total() for group in groups)) for post in POSTS)
    yield "| **all attempts** | " + " | ".join(sums) + " |"


def _cell(answers: Counter[str]) -> str:
    return "<br>".join(f"{answer} ×{count}" for answer, count in sorted(answers.items())) or "may"
