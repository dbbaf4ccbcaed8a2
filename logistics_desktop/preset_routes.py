"""The routes that documents of assets go until the office designs its own.

They are data like any other route: installed once, in the language of whoever installs them, and changed on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from logistics_desktop.features.approvals import routes
from logistics_desktop.features.approvals.definition import (
    AnyStep,
    Approver,
    Branch,
    Condition,
    Copy,
    Definition,
    Fork,
    Step,
)
from logistics_desktop.features.approvals.routes import Problem
from logistics_desktop.i18n import N_, translate

VICE_PRESIDENT_ABOVE = 500
"""Yuan for one thing; what costs more goes to the vice president."""

_NAMES = {
    "head": N_("Head of the department"),
    "from_head": N_("Head of the giving department"),
    "to_head": N_("Head of the receiving department"),
    "giver": N_("Who hands over"),
    "taker": N_("Who takes over"),
    "assets": N_("Asset office"),
    "maintenance": N_("Maintenance"),
    "finance": N_("Finance"),
    "vice_president": N_("Vice president"),
    "leader": N_("Leader"),
    "copy": N_("Copy to finance"),
}
_WHO = {
    "head": Approver("head"),
    "from_head": Approver("head", of="from_department"),
    "to_head": Approver("head", of="to_department"),
    "giver": Approver("field", field="giver"),
    "taker": Approver("field", field="to_keeper"),
    "assets": Approver("post", post="asset_manager"),
    "maintenance": Approver("post", post="maintenance"),
    "finance": Approver("post", post="finance"),
    "vice_president": Approver("post", post="vice_president"),
    "leader": Approver("post", post="leader"),
    "copy": Approver("post", post="finance"),
}
# A step ?field asks the vice president where that field is above the limit.
_WAYS: Mapping[str, tuple[str, ...]] = {
    "asset_acceptance": ("head", "assets", "?unit_price", "copy"),
    "asset_issue": ("head", "assets", "?unit_price"),
    "asset_return": ("assets",),
    "asset_borrow": ("head", "assets", "?unit_price"),
    "asset_transfer": ("from_head", "to_head", "assets", "copy"),
    "asset_repair": ("head", "maintenance", "?estimate"),
    "asset_scrapping": ("head", "assets", "finance", "leader"),
    "asset_disposal": ("assets", "finance", "leader"),
    "asset_handover": ("giver", "taker", "head", "assets"),
}


@dataclass(frozen=True, slots=True)
class Installed:
    """A route that was installed for a kind of document, whose `title` is a message id.

    With `problems` it is a draft that cannot be published yet.
    """

    kind: str
    title: str
    problems: tuple[Problem, ...]


def definition(kind: str) -> Definition:
    """The preset route of a kind of document."""
    # Whoever hands over their own things need not confirm it besides, and neither does anybody for them.
    own: Literal["next_head", "skip"] = "skip" if kind == "asset_handover" else "next_head"
    return Definition(tuple(map(_step, _WAYS[kind])), _WHO["assets"], resubmit="back", own=own)


def install(session: Session) -> list[Installed]:
    """Give each kind of document that has no route its preset one, published where its posts are held by somebody.

    Needs the permission approvals.routes; repeated, it publishes what could not be published before and nobody has
    changed since.
    """
    there = {version.kind: version for version in routes.versions(session)}
    names = {kind.key: kind.name for kind in routes.kinds(session)}
    done = []
    for kind in _WAYS:
        preset, version = definition(kind), there.get(kind)
        if version is not None and (version.state != "draft" or version.definition != preset):
            continue
        problems = tuple(routes.problems(session, kind, preset))
        number = routes.save(session, kind, translate(names[kind]), preset)
        if not problems:
            routes.publish(session, number)
        done.append(Installed(kind, names[kind], problems))
    return done


def _step(name: str) -> AnyStep:
    if name.startswith("?"):
        dear = Condition(name[1:], ">", VICE_PRESIDENT_ABOVE)
        return Fork("price", (Branch(translate(N_("Dear")), (dear,), (_step("vice_president"),)),))
    if name == "copy":
        return Copy(name, translate(_NAMES[name]), (_WHO[name],))
    return Step(name, translate(_NAMES[name]), (_WHO[name],), together=name in ("assets", "finance"))
