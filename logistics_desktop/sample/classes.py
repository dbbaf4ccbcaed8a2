"""The classes of assets that the sample organisation uses, from GB/T 14885-2022."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from db.models.assets import Method
from logistics_desktop.sample.words import words


def classes() -> list[dict[str, Any]]:
    """The rows of the classes, each after the one that it is part of."""
    table = words("classes")
    rows: list[dict[str, Any]] = []
    known: set[str] = set()
    for code, name, unit, life, method, residual in table["classes"]:
        rows.append(
            {
                "edition": table["edition"],
                "code": code,
                "name": name,
                "parent_id": _above(code, known),
                "unit": unit,
                "life_months": life,
                "method": Method(method) if method else None,
                "residual_rate": Decimal(residual) if residual else None,
            }
        )
        known.add(code)
    return rows


def _above(code: str, known: set[str]) -> str | None:
    """The nearest class around `code`: pairs of digits become zeros from the right."""
    for length in (7, 5, 3):
        above = code[:length].ljust(9, "0")
        if above != code and above in known:
            return above
    return None
