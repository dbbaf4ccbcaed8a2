"""The seals over the log: made by the database (`app.seal`), checked from here.

The check is sent by the program of whoever checks, so that somebody who could change the log gains nothing by changing
the database's functions with it. It needs to see every line, so it is for those who may read the whole log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

Harm = Literal["edited", "deleted", "inserted", "seal_changed", "seal_missing", "head_unknown"]

# What a line says, and what a seal says of its piece: the same words as in db/sql/log_seals.sql.
LINES = {
    "change": "json_build_array(id, at AT TIME ZONE 'UTC', who, program, host, transaction, batch, table_name,"
    " record_id, record_key, action, before, after)",
    "event": "json_build_array(id, at AT TIME ZONE 'UTC', who, program, host, transaction, kind, about, detail)",
}
_BOUNDS = (
    "json_build_array(s.number, s.at AT TIME ZONE 'UTC', s.log_name, s.after_transaction, s.after_id,"
    " s.until_transaction, s.until_id, s.line_count)"
)
_AT_ONCE = 100_000  # lines checked between two reports of progress
_LINE_BYTES = 40  # a number of 8 and a hash of 32


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal. Its `hash`, kept elsewhere, shows later that nothing up to it was cut off or made anew."""

    number: int
    at: datetime
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the log is not what was sealed: in seal `seal`, line number `line` of the log `log`."""

    harm: Harm
    seal: int | None = None
    log: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: so many seals and lines are as they were sealed, and where the first is that is not."""

    seals: int
    lines: int
    head: Head | None
    broken: Broken | None


def seal(session: Session) -> int:
    """Seal the next piece of the log and give the number of its lines; 0 when nothing is left. Commit in between."""
    return int(session.scalar(sa.select(sa.func.app.seal())) or 0)


def head(session: Session) -> Head | None:
    """The newest seal, or None where nothing was sealed yet."""
    row = session.execute(sa.text("SELECT number, at, hash FROM app.seal ORDER BY number DESC LIMIT 1")).one_or_none()
    return Head(row.number, row.at, row.hash.hex()) if row else None


def unsealed(session: Session) -> int:
    """How many lines came since the last seals."""
    counts = (
        f"(SELECT count(*) FROM app.{log} WHERE (transaction, id) > (SELECT coalesce(max(until_transaction), 0),"  # noqa: S608
        f" coalesce((array_agg(until_id ORDER BY number DESC))[1], 0) FROM app.seal WHERE log_name = '{log}'))"
        for log in LINES
    )
    return int(session.scalar(sa.text("SELECT " + " + ".join(counts))) or 0)


def verify(
    session: Session, known_head: str | None = None, tell: Callable[[int, int], object] = lambda _done, _total: None
) -> Verdict:
    """Compare the log with its seals, oldest first, up to the first difference.

    known_head: the hash of an earlier head that was kept elsewhere. tell: hears how many lines of how many are checked,
    and may raise to stop.
    """
    newest = head(session)
    total = int(session.scalar(sa.text("SELECT sum(line_count) FROM app.seal")) or 0)
    seals = lines = 0
    for first, last in _portions(session, newest):
        for row in session.execute(_QUESTION, {"first": first, "last": last}):
            broken = _harm(session, row, seals + 1)
            if broken is not None:
                return Verdict(seals, lines, newest, broken)
            seals, lines = seals + 1, lines + row.line_count
        tell(lines, total)
    if newest is not None and seals != newest.number:
        return Verdict(seals, lines, newest, Broken("seal_missing", seals + 1))
    if known_head is not None and not _has(session, known_head):
        return Verdict(seals, lines, newest, Broken("head_unknown"))
    return Verdict(seals, lines, newest, None)


def _found(log: str) -> str:
    """The lines of a piece `s` as they are now."""
    return (
        f"SELECT coalesce(string_agg(int8send(id) || sha256(convert_to({LINES[log]}::text, 'UTF8')), ''"  # noqa: S608
        f" ORDER BY transaction, id), '') FROM app.{log} WHERE (transaction, id) > (s.after_transaction, s.after_id)"
        " AND (transaction, id) <= (s.until_transaction, s.until_id)"
    )


_NOW = "CASE s.log_name WHEN 'change' THEN (" + _found("change") + ") ELSE (" + _found("event") + ") END"
_QUESTION = sa.text(
    "SELECT s.number, s.log_name, s.line_count, s.hash = sha256(coalesce(b.hash, '') ||"  # noqa: S608
    f" convert_to({_BOUNDS}::text, 'UTF8') || s.lines) AS intact, s.lines = {_NOW} AS same"
    " FROM app.seal s LEFT JOIN app.seal b ON b.number = s.number - 1"
    " WHERE s.number BETWEEN :first AND :last ORDER BY s.number"
)
_BOTH = sa.text(f"SELECT s.lines AS sealed, {_NOW} AS found FROM app.seal s WHERE s.number = :number")  # noqa: S608


def _portions(session: Session, newest: Head | None) -> Iterator[tuple[int, int]]:
    """First and last number of seals that have about `_AT_ONCE` lines together."""
    if newest is None:
        return
    found = session.execute(
        sa.text("SELECT number, line_count FROM app.seal WHERE number <= :last ORDER BY number"),
        {"last": newest.number},
    ).all()
    first, lines = found[0].number, 0
    for row in found:
        lines += row.line_count
        if lines >= _AT_ONCE or row is found[-1]:
            yield first, row.number
            first, lines = row.number + 1, 0


def _harm(session: Session, row: sa.Row[tuple[object, ...]], expected: int) -> Broken | None:
    if row.number != expected:
        return Broken("seal_missing", expected)
    if not row.intact:
        return Broken("seal_changed", row.number)
    if row.same:
        return None
    both = session.execute(_BOTH, {"number": row.number}).one()
    return first_difference(_split(both.sealed), _split(both.found), row.number, row.log_name)


def _split(lines: bytes) -> list[tuple[int, bytes]]:
    pieces = (lines[at : at + _LINE_BYTES] for at in range(0, len(lines), _LINE_BYTES))
    return [(int.from_bytes(piece[:8], "big"), piece[8:]) for piece in pieces]


def first_difference(
    sealed: list[tuple[int, bytes]], found: list[tuple[int, bytes]], seal_number: int, log: str
) -> Broken:
    """Where two lists of lines, which are not the same, differ first: each line is its number and its hash."""
    there, sealed_numbers = dict(found), {number for number, _hash in sealed}
    for (number, line), (other, _hash) in zip(sealed, found, strict=False):
        if other not in sealed_numbers and (number in there or other < number):
            return Broken("inserted", seal_number, log, other)
        if there.get(number) != line:
            return Broken("edited" if number in there else "deleted", seal_number, log, number)
    if len(found) > len(sealed):
        return Broken("inserted", seal_number, log, found[len(sealed)][0])
    return Broken("deleted", seal_number, log, sealed[len(found)][0])


def _has(session: Session, known: str) -> bool:
    try:
        wanted = bytes.fromhex(known.strip())
    except ValueError:
        return False
    return bool(session.scalar(sa.text("SELECT EXISTS (SELECT FROM app.seal WHERE hash = :hash)"), {"hash": wanted}))
