"""A route in words, as the designer shows it: approvers, conditions, steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from logistics_desktop.features.approvals import editing
from logistics_desktop.features.approvals.definition import Approver, Branch, Condition, Copy, Definition, Fork, Step
from logistics_desktop.features.approvals.forms import POINTERS, Names, text
from logistics_desktop.features.approvals.routes import FormField
from logistics_desktop.features.approvals.words import MODES
from logistics_desktop.i18n import N_, _

OPERATORS: Mapping[str, str] = {
    "=": N_("is"),
    "<>": N_("is not"),
    ">": N_("is more than"),
    ">=": N_("is at least"),
    "<": N_("is less than"),
    "<=": N_("is at most"),
    "in": N_("is one of"),
    "not in": N_("is none of"),
    "below": N_("is, or lies below"),
    "empty": N_("is empty"),
    "filled": N_("is filled in"),
}

KINDS: Mapping[str, str] = {
    "person": N_("A person"),
    "post": N_("Everybody with a post"),
    "department_post": N_("Those with a post in the department"),
    "head": N_("The head of the department"),
    "field": N_("The person that a field names"),
    "choice": N_("Whom the requester chooses"),
}


def operators(kind: str) -> tuple[str, ...]:
    """The comparisons that make sense for a field of a type."""
    if kind in ("number", "date"):
        return (">", ">=", "<", "<=", "=", "<>", "empty", "filled")
    if kind == "flag":
        return ("=",)
    if kind == "text":
        return ("=", "<>", "in", "not in", "empty", "filled")
    return ("=", "<>", *(("below",) if kind != "staff" else ()), "empty", "filled")


@dataclass(frozen=True, slots=True)
class Known:
    """What a route is told with: the fields of its form by key, the posts, and the names of rows."""

    fields: Mapping[str, FormField]
    posts: Mapping[str, str]
    names: Names

    def label(self, field: str | None) -> str:
        """What a field is called, or its key where the form has lost it."""
        found = self.fields.get(field or "")
        return _(found.label) if found is not None else (field or "")


def mentioned(route: Definition, fields: Mapping[str, FormField]) -> set[tuple[str, int]]:
    """The rows that a route names: persons, and what its conditions compare with."""
    found = {("staff", person) for person in route.persons()}
    for _where, one in editing.walk(route.steps):
        if isinstance(one, Branch):
            for condition in one.when:
                field = fields.get(condition.field)
                if field is not None and field.type in POINTERS and isinstance(condition.value, int):
                    found.add((field.type, condition.value))
    return found


def approver(one: Approver, known: Known) -> str:
    """One approver in words."""
    post = known.posts.get(one.post or "", one.post or "?")
    whose = _(N_("the requester’s department")) if one.of is None else known.label(one.of)
    match one.kind:
        case "person":
            return known.names.get(("staff", one.staff or 0), f"#{one.staff}")
        case "post":
            return _(N_("everybody with the post {post}"), post=post)
        case "department_post":
            return _(N_("{post} of {department}"), post=post, department=whose)
        case "head" if one.levels:
            return _(N_("head of {department}, {levels} up"), department=whose, levels=one.levels)
        case "head":
            return _(N_("head of {department}"), department=whose)
        case "field":
            return _(N_("the person in “{field}”"), field=known.label(one.field))
        case _:
            return _(N_("whom the requester chooses"))


def condition(one: Condition, known: Known) -> str:
    """One condition in words."""
    field = known.fields.get(one.field)
    said = [known.label(one.field), _(OPERATORS.get(one.op, one.op))]
    if one.op not in ("empty", "filled"):
        said.append(_value(one.value, field, known))
    return " ".join(said)


def step(one: Step | Copy | Fork | Branch, known: Known) -> str:
    """The second line of a step: who, how, until when; of a branch its conditions."""
    if isinstance(one, Fork):
        return _(N_("the first branch that fits is taken"))
    if isinstance(one, Branch):
        joined = _(N_(" and ")).join(condition(each, known) for each in one.when)
        return joined or _(N_("all other cases"))
    who = _(N_(", ")).join(approver(each, known) for each in one.approvers) or _(N_("nobody yet"))
    if isinstance(one, Copy):
        return who
    parts = [who, *([_(MODES[one.mode])] if _several(one.approvers) else [])]
    if one.hours:
        parts.append(_(N_("within {hours} h"), hours=one.hours))
    return " · ".join(parts)


def title(one: Step | Copy | Fork | Branch) -> str:
    """The first line of a step or branch."""
    if isinstance(one, Fork):
        return _(N_("Fork"))
    if isinstance(one, Copy):
        return _(N_("Copy: {name}"), name=one.name)
    return one.name


def _several(approvers: Iterable[Approver]) -> bool:
    """Whether it matters how they sign."""
    listed = list(approvers)
    return len(listed) > 1 or any(one.kind in ("post", "department_post", "choice") for one in listed)


def _value(value: Any, field: FormField | None, known: Known) -> str:
    if isinstance(value, list | tuple):
        return _(N_(", ")).join(str(each) for each in value)
    if value is None:
        return "…"
    return text(field, value, known.names) if field is not None else str(value)
