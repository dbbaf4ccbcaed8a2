"""The words that the sample data are made of, from `resources/sample`."""

from __future__ import annotations

import json
from typing import Any

from logistics_desktop.paths import RESOURCES


def words(name: str) -> dict[str, Any]:
    """What `resources/sample/<name>.json` says; that file explains itself by its keys."""
    found: dict[str, Any] = json.loads((RESOURCES / "sample" / f"{name}.json").read_text("utf-8"))
    return found
