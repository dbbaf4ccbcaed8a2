"""The departments, people and places of the sample organisation.

A row has the keys of the ledger's fields; what it refers to stands in it by code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from db.models.organisation import StaffStatus
from logistics_desktop.sample.dice import Dice
from logistics_desktop.sample.words import words

Row = dict[str, Any]

_FOUNDED = date(2004, 3, 1)
_LAST_JOINED = date(2026, 6, 30)
_LAST_DAY = date(2026, 9, 30)

# Whom the sample data can be seen as (`logistics_desktop.profiles.DEMO_LOGINS`): department and place in it.
_LOGINS = {
    ("010201", 1): "demo_clerk",
    ("0102", 1): "demo_asset_manager",
    ("0102", 0): "demo_department_head",
    ("010401", 1): "demo_finance",
    ("0113", 2): "demo_warehouse_manager",
    ("010203", 1): "demo_dispatcher",
    ("0101", 1): "demo_venue_manager",
    ("010202", 1): "demo_maintenance",
    ("0104", 1): "demo_auditor",
    ("01", 0): "demo_leader",
    ("01", 1): "demo_vice_president",
    ("0102", 2): "demo",
}


def departments() -> list[Row]:
    """The departments, each after the one above it; `head_id` is for after the people are there."""
    return [
        {
            "code": code,
            "name": name,
            "parent_id": code[:-2] or None,
            "phone": f"025-8000{number * 10:04d}",
        }
        for number, (code, name, *_more) in enumerate(words("organisation")["departments"], 1)
    ]


def staff(dice: Dice) -> list[Row]:
    """The people, department by department; the head of each comes first."""
    names = _names(dice)
    people: list[Row] = []
    for code, _name, size, head, posts in words("organisation")["departments"]:
        for place in range(size):
            number = len(people) + 1
            person = {
                "code": f"GH{number:04d}",
                "name": next(names),
                "department_id": code,
                "post": head if place == 0 else dice.pick(posts),
                "phone": f"1380000{number:04d}",
                "email": f"gh{number:04d}@example.com",
                "status": StaffStatus.ACTIVE,
                "joined_on": dice.day(_FOUNDED, _LAST_JOINED),
                "login": _LOGINS.get((code, place)),
            }
            if place > 0 and dice.chance(0.06):
                joined: date = person["joined_on"]
                person["status"] = StaffStatus.LEFT
                person["left_on"] = dice.day(joined + timedelta(days=30), _LAST_DAY)
            people.append(person)
    return people


def heads(people: list[Row]) -> dict[str, str]:
    """The code of each department's head, by the code of the department."""
    found: dict[str, str] = {}
    for person in people:
        found.setdefault(person["department_id"], person["code"])
    return found


def _names(dice: Dice) -> Iterator[str]:
    """Names without end, the rare ones early among the common."""
    lists = words("organisation")
    rare = iter(lists["rare_names"])
    for number in range(10_000):
        special = next(rare, None) if number % 23 == 7 else None
        yield special or dice.pick(lists["surnames"]) + dice.pick(lists["given"])


def locations() -> list[Row]:
    """The places, each after the one around it."""
    rows: list[Row] = []

    def add(place: list[Any], code: str, parent: str | None) -> None:
        name, department, *inside = place
        rows.append({"code": code, "name": name, "parent_id": parent, "department_id": department})
        for number, inner in enumerate(inside[0] if inside else [], 1):
            add(inner, f"{code}{number:02d}", code)

    for number, site in enumerate(words("organisation")["locations"], 1):
        add(site, f"D{number}", None)
    return rows
