"""Numbers of assets: the organisation's rule, and a counter for each series that the rule makes.

A rule is a text with parts in braces, `{class}-{year}-{serial:4}`. Everything but the serial makes the *pattern*,
`A0201-2026-{serial}`, and each pattern counts for itself. The counter is a row of the database that the one who takes
a number holds until the end of the transaction, so that two PCs never get the same and nothing is lost when one of
them gives up; the unique constraint of the ledger is the last line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models.assets import AssetClass
from db.models.operations import NumberCounter
from db.models.organisation import Department
from logistics_desktop import organisation
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.i18n import N_, _

LONGEST = 64
"""Characters of an asset's number."""

PARTS: Mapping[str, str] = {
    "class": N_("code of the class"),
    "department": N_("code of the department"),
    "year": N_("year of purchase, {year:2} with two digits"),
    "month": N_("month of purchase"),
    "serial": N_("serial number, {serial:4} with at least four digits"),
}
"""What may stand in braces, and what each means (message ids)."""

_PART = re.compile(r"\{([^{}]*)\}")
_WIDTHS = {"year": (2, 4), "serial": tuple(range(1, 11))}
_EXAMPLE = {"class": "A02010105", "department": "1001"}
_HOLDER = "{serial}"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may ask of an asset."""

    class_code: str | None
    department_code: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Pattern:
    """A number without its serial."""

    before: str
    after: str
    width: int

    @property
    def key(self) -> str:
        """The name of its counter."""
        return f"{self.before}{_HOLDER}{self.after}"

    def number(self, serial: int) -> str:
        """The number with this serial; one that outgrows the width is written in full."""
        return f"{self.before}{serial:0{self.width}}{self.after}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for numbers, understood: literal texts and `(part, width)` in turn."""

    text: str
    pieces: tuple[str | tuple[str, int], ...]

    @classmethod
    def parse(cls, text: str) -> Rule:
        """Understand a rule. Raises `UserError` that says what is wrong with it."""
        text = text.strip()
        pieces = tuple(_pieces(text))
        serials = [piece for piece in pieces if isinstance(piece, tuple) and piece[0] == "serial"]
        if len(serials) != 1:
            raise UserError(N_("A rule needs {part} exactly once; numbers would not differ without it."), part=_HOLDER)
        rule = cls(text, pieces)
        if len(rule.example(date(2026, 12, 31))) > LONGEST:
            raise UserError(N_("The numbers would be longer than {longest} characters."), longest=LONGEST)
        return rule

    def asks(self, part: str) -> bool:
        """Whether the rule uses a part."""
        return any(isinstance(piece, tuple) and piece[0] == part for piece in self.pieces)

    def pattern(self, facts: Facts) -> Pattern:
        """The pattern for an asset. Raises `UserError` where it lacks something that the rule asks for."""
        sides, width = ["", ""], 1
        after = 0
        for piece in self.pieces:
            if isinstance(piece, str):
                sides[after] += piece
            elif piece[0] == "serial":
                after, width = 1, piece[1]
            else:
                sides[after] += _fact(piece, facts)
        return Pattern(sides[0], sides[1], width)

    def example(self, day: date, serial: int = 1) -> str:
        """What a number of this rule looks like."""
        return self.pattern(Facts(_EXAMPLE["class"], _EXAMPLE["department"], day)).number(serial)


def _pieces(text: str) -> Iterator[str | tuple[str, int]]:
    at = 0
    for found in _PART.finditer(text):
        yield from _literal(text[at : found.start()])
        yield _part(found[1])
        at = found.end()
    yield from _literal(text[at:])


def _literal(text: str) -> Iterator[str]:
    if "{" in text or "}" in text:
        raise UserError(N_("A brace is opened or closed alone. Write parts like {example}."), example="{year}")
    if any(char.isspace() or not char.isprintable() for char in text):
        raise UserError(N_("A number has no blanks in it."))
    if text:
        yield text


def _part(said: str) -> tuple[str, int]:
    name, _colon, width = said.partition(":")
    name = name.strip()
    if name not in PARTS:
        raise UserError(
            N_("{part} is not known. These are: {known}."),
            part=f"{{{said}}}",
            known=", ".join(f"{{{one}}}" for one in PARTS),
        )
    if not width:
        return name, {"year": 4, "serial": 4}.get(name, 0)
    allowed = _WIDTHS.get(name, ())
    if not width.strip().isdecimal() or int(width) not in allowed:
        raise UserError(N_("{part}: a number of digits cannot be given like this."), part=f"{{{said}}}")
    return name, int(width)


def _fact(piece: tuple[str, int], facts: Facts) -> str:
    name, width = piece
    match name:
        case "year":
            return f"{facts.day.year:04}"[-width:]
        case "month":
            return f"{facts.day.month:02}"
        case "class":
            found, lacks = facts.class_code, N_("It has no class, and numbers are made from the class.")
        case _:
            found, lacks = facts.department_code, N_("It has no department, and numbers are made from the department.")
    if found is None:
        raise UserError(lacks)
    return found


def read_rule(session: Session) -> Rule:
    """The rule in force."""
    return Rule.parse(organisation.read(session, organisation.ASSET_NUMBERING))


def write_rule(session: Session, text: str) -> Rule:
    """Change the rule for everybody; numbers that were given stay. Raises `UserError`."""
    rule = Rule.parse(text)
    organisation.write(session, organisation.ASSET_NUMBERING, rule.text)
    return rule


def numbers_for(session: Session, assets: Sequence[Mapping[str, Any]]) -> list[str]:
    """Take a number for each of `assets`, values by field key with references as ids.

    Raises `Refused` naming the assets that lack what the rule asks for.
    """
    rule = read_rule(session)
    classes = _codes(session, AssetClass, {one.get("class_id") for one in assets}) if rule.asks("class") else {}
    departments = (
        _codes(session, Department, {one.get("department_id") for one in assets}) if rule.asks("department") else {}
    )
    patterns: list[Pattern] = []
    lacking: dict[str, None] = {}
    for one in assets:
        day = one.get("purchased_on") or one.get("in_service_on") or date.today()  # noqa: DTZ011 - the user's own day
        facts = Facts(classes.get(one.get("class_id")), departments.get(one.get("department_id")), day)
        try:
            patterns.append(rule.pattern(facts))
        except UserError as error:
            lacking[_("“{title}”: {problem}", title=one.get("name") or "", problem=error)] = None
    if lacking:
        told = "\n".join([*lacking][:_NAMED]) + ("\n…" if len(lacking) > _NAMED else "")
        raise Refused(N_("No numbers were given.\n{problems}\nFill it in, or change the rule."), problems=told)
    return take(session, patterns)


def take(session: Session, patterns: Sequence[Pattern]) -> list[str]:
    """Take a number for each pattern, in order; nobody else gets them, and who rolls back gives them back.

    Numbers that were typed or imported are passed over. Raises `UserError` for one that is too long.
    """
    wanted = Counter(patterns)
    # In one order for everybody, so that two who want the same series do not wait for each other.
    taken = {pattern: iter(_take(session, pattern, wanted[pattern])) for pattern in sorted(wanted, key=_by_key)}
    return [next(taken[pattern]) for pattern in patterns]


def _by_key(pattern: Pattern) -> tuple[str, int]:
    return pattern.key, pattern.width


def _take(session: Session, pattern: Pattern, count: int) -> list[str]:
    if len(pattern.number(1)) > LONGEST:
        raise UserError(N_("The number “{number}” would be too long."), number=pattern.number(1))
    start = _start_counter(session, pattern)
    numbers: list[str] = []
    while len(numbers) < count:
        missing = count - len(numbers)
        last = session.scalar(
            sa.update(NumberCounter)
            .where(NumberCounter.pattern == pattern.key)
            .values(last=sa.func.greatest(NumberCounter.last, start) + missing)
            .returning(NumberCounter.last)
        )
        assert last is not None
        fresh = [pattern.number(serial) for serial in range(last - missing + 1, last + 1)]
        known = set(session.scalars(sa.select(sa.func.app.codes_in_use("asset", "code", fresh).column_valued("code"))))
        numbers += [number for number in fresh if number not in known]
        if known:
            start = _greatest(session, pattern)
    return numbers


def _start_counter(session: Session, pattern: Pattern) -> int:
    """Make the counter where there is none, behind what the ledger already has; gives where it has to be at least."""
    known = sa.select(sa.exists().where(NumberCounter.pattern == pattern.key))
    if session.scalar(known):
        return 0
    start = _greatest(session, pattern)
    session.execute(insert(NumberCounter).values(pattern=pattern.key, last=start).on_conflict_do_nothing())
    return start


def _greatest(session: Session, pattern: Pattern) -> int:
    """The greatest serial of this pattern in the ledger, also on cards that this user does not see."""
    return int(session.scalar(sa.func.app.greatest_serial("asset", "code", pattern.before, pattern.after)) or 0)


def _codes(session: Session, model: type[AssetClass | Department], ids: set[int | None]) -> dict[int | None, str]:
    found = sa.select(model.id, model.code).where(model.id.in_([one for one in ids if one is not None]))
    return {row[0]: row[1] for row in session.execute(found)}
