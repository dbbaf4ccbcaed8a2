"""The whole sample organisation as plain rows, made from nothing but the word lists and a fixed seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from logistics_desktop.sample.assets import Shop
from logistics_desktop.sample.classes import classes
from logistics_desktop.sample.dice import Dice
from logistics_desktop.sample.files import files
from logistics_desktop.sample.organisation import departments, heads, locations, staff
from logistics_desktop.sample.suppliers import suppliers

VERSION = "3"
"""Changes when the rows do."""

_SEED = 2026


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows by the key of their ledger, in the order in which they can be stored.

    A row refers to another by its code. `heads` gives the head of a department, both by code; `files` are the code of
    an asset, a file's name and its bytes.
    """

    rows: dict[str, list[dict[str, Any]]]
    heads: dict[str, str]
    files: list[tuple[str, str, bytes]]


def generate() -> Sample:
    """Make the sample; the same to the byte on every run."""
    dice = Dice(_SEED)
    people = staff(dice)
    places, kinds, traders = locations(), classes(), suppliers(dice)
    bought = Shop(dice, kinds, people, places, traders).assets()
    return Sample(
        {
            "departments": departments(),
            "staff": people,
            "locations": places,
            "classes": kinds,
            "suppliers": [row for rows in traders.values() for row in rows],
            "assets": bought,
        },
        heads(people),
        list(files(bought)),
    )
