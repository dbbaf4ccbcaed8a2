"""What a route says: its steps, branches and approvers, as the designer edits them and the database reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
Mode = Literal["any", "all", "turn"]

APPROVER_KINDS = ("person", "post", "department_post", "head", "field", "choice")


@dataclass(frozen=True, slots=True)
class Approver:
    """One approver: `person` needs `staff`; `post` and `department_post` need `post`; `field` a field with a person.

    `head` is the head of the requester's department, `levels` up; `of` names a field with a department instead of the
    requester's own. `choice` is chosen by the requester.
    """

    kind: str
    staff: int | None = None
    post: str | None = None
    levels: int = 0
    of: str | None = None
    field: str | None = None

    def to_json(self) -> Json:
        """As the database reads it."""
        said = {
            "staff": self.staff,
            "post": self.post,
            "levels": self.levels or None,
            "of": self.of,
            "field": self.field,
        }
        return {"kind": self.kind} | {key: value for key, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Condition:
    """A field of the form compared with a value; `tree` is the type of a field that is compared by `below`.

    `op` is one of = <> > >= < <= in, not in, below, empty, filled.
    """

    field: str
    op: str
    value: Any = None
    tree: str | None = None

    def to_json(self) -> Json:
        """As the database reads it."""
        return {"field": self.field, "op": self.op, "value": self.value} | ({"tree": self.tree} if self.tree else {})


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody signs. After `hours` it is late: then they are reminded, or the administrator of the route gets it.

    With `together` several cases may be decided at once at this step.
    """

    key: str
    name: str
    approvers: tuple[Approver, ...]
    mode: Mode = "any"
    hours: int | None = None
    late: Literal["remind", "administrator"] = "remind"
    together: bool = False

    def to_json(self) -> Json:
        """As the database reads it."""
        return {
            "key": self.key,
            "type": "approve",
            "name": self.name,
            "approvers": [one.to_json() for one in self.approvers],
            "mode": self.mode,
            "hours": self.hours,
            "late": self.late,
            "together": self.together,
        }


@dataclass(frozen=True, slots=True)
class Copy:
    """Somebody gets a copy when the case comes by."""

    key: str
    name: str
    approvers: tuple[Approver, ...]

    def to_json(self) -> Json:
        """As the database reads it."""
        who = [one.to_json() for one in self.approvers]
        return {"key": self.key, "type": "copy", "name": self.name, "approvers": who}


@dataclass(frozen=True, slots=True)
class Branch:
    """A way that is taken when all of `when` holds; without conditions it takes everything."""

    name: str
    when: tuple[Condition, ...] = ()
    steps: tuple[AnyStep, ...] = ()

    def to_json(self) -> Json:
        """As the database reads it."""
        when = [one.to_json() for one in self.when]
        return {"name": self.name, "when": when, "steps": [one.to_json() for one in self.steps]}


@dataclass(frozen=True, slots=True)
class Fork:
    """The first branch whose conditions hold is taken; then the route goes on behind the fork."""

    key: str
    branches: tuple[Branch, ...]

    def to_json(self) -> Json:
        """As the database reads it."""
        return {"key": self.key, "type": "branch", "branches": [one.to_json() for one in self.branches]}


AnyStep = Step | Copy | Fork


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole route. The settings:

    `resubmit`: after a return through every step again (`all`) or straight back (`back`); `own`: whoever's own
    request it is does not sign, but the next head up (`next_head`) or nobody (`skip`); `same_person`: who signed the
    step before need not sign again (`once`) or must (`each`); `urge_minutes`: how long between two urgings.
    """

    steps: tuple[AnyStep, ...]
    administrator: Approver | None = None
    resubmit: Literal["all", "back"] = "all"
    own: Literal["next_head", "skip"] = "next_head"
    same_person: Literal["once", "each"] = "once"
    urge_minutes: int = 60

    def to_json(self) -> Json:
        """As the database reads it."""
        return {
            "steps": [one.to_json() for one in self.steps],
            "administrator": self.administrator.to_json() if self.administrator else None,
            "resubmit": self.resubmit,
            "own": self.own,
            "same_person": self.same_person,
            "urge_minutes": self.urge_minutes,
        }

    def persons(self) -> set[int]:
        """The persons that are named, by their numbers in the staff ledger."""
        named = [*_approvers(self.steps), *([self.administrator] if self.administrator else [])]
        return {one.staff for one in named if one.staff is not None}

    @classmethod
    def from_json(cls, said: Json) -> Definition:
        """What was stored; unknown parts raise `KeyError` or `TypeError`, because then it is no route of ours."""
        settings = {key: said[key] for key in ("resubmit", "own", "same_person", "urge_minutes") if key in said}
        administrator = said.get("administrator")
        return cls(
            tuple(_step(one) for one in said.get("steps", ())),
            Approver(**administrator) if administrator else None,
            **settings,
        )


def _approvers(steps: Iterable[AnyStep]) -> Iterator[Approver]:
    for one in steps:
        if isinstance(one, Fork):
            for branch in one.branches:
                yield from _approvers(branch.steps)
        else:
            yield from one.approvers


def _step(said: Json) -> AnyStep:
    approvers = tuple(Approver(**one) for one in said.get("approvers", ()))
    match said["type"]:
        case "branch":
            return Fork(said["key"], tuple(_branch(one) for one in said["branches"]))
        case "copy":
            return Copy(said["key"], said["name"], approvers)
        case _:
            own = {key: said[key] for key in ("mode", "hours", "late", "together") if key in said}
            return Step(said["key"], said["name"], approvers, **own)


def _branch(said: Json) -> Branch:
    when = tuple(Condition(**one) for one in said.get("when", ()))
    return Branch(said.get("name", ""), when, tuple(_step(one) for one in said.get("steps", ())))
