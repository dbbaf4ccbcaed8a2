"""The suppliers of the sample organisation."""

from __future__ import annotations

from typing import Any

from db.models.suppliers import Grade
from logistics_desktop.sample.dice import Dice
from logistics_desktop.sample.words import words

_GRADES = ((Grade.A, 35.0), (Grade.B, 50.0), (Grade.C, 10.0), (None, 5.0))


def suppliers(dice: Dice) -> dict[str, list[dict[str, Any]]]:
    """The rows of the suppliers by the trade that they are in."""
    lists = words("suppliers")
    people = words("organisation")
    taken: set[str] = set()
    rows: dict[str, list[dict[str, Any]]] = {}
    number = 0
    for trade, count in lists["counts"].items():
        rows[trade] = []
        for _ in range(count):
            number += 1
            place = dice.pick(lists["places"])
            name = _free_name(dice, place, lists["words"], lists["trades"][trade], taken)
            rows[trade].append(
                {
                    "code": f"GYS{number:03d}",
                    "name": name,
                    "tax_number": f"91320100MA1{dice.number(0, 9_999_999):07d}",
                    "contact": dice.pick(people["surnames"]) + dice.pick(people["given"]),
                    "phone": f"025-5550{dice.number(0, 9_999):04d}",
                    "email": f"sales{number:03d}@example.com",
                    "address": f"{lists['districts'][place]}{dice.pick(lists['streets'])}{dice.number(1, 388)}号",
                    "bank": f"{dice.pick(lists['banks'])}{place}分行",
                    "account": f"4301{dice.number(0, 999_999_999):09d}{number:06d}",
                    "grade": dice.weighted(_GRADES),
                }
            )
    return rows


def _free_name(dice: Dice, place: str, first: list[str], last: list[str], taken: set[str]) -> str:
    while True:
        name = place + dice.pick(first) + dice.pick(last)
        if name not in taken:
            taken.add(name)
            return name
