"""What the program remembers for one user on one PC, as small JSON files.

A file is replaced whole, so that a power cut leaves the old or the new one. A file that cannot be read is put aside
under another name, for whoever wants to look, and its settings start again.
"""

from __future__ import annotations

import json
import logging
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from logistics_desktop.paths import home

_log = logging.getLogger(__name__)


def load(name: str) -> dict[str, Any]:
    """The settings called `name`; empty if there are none yet."""
    path = _path(name)
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError as problem:
        return _put_aside(path, str(problem))
    if not isinstance(value, dict):
        return _put_aside(path, "not an object")
    return value


def save(name: str, value: dict[str, Any]) -> None:
    """Keep `value` as the settings called `name`."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=False, indent=2)
    handle, written = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(written).replace(path)
    except BaseException:
        Path(written).unlink(missing_ok=True)
        raise


def _path(name: str) -> Path:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name):
        raise ValueError(f"not a name for settings: {name!r}")
    return home() / "settings" / f"{name}.json"


def _put_aside(path: Path, problem: str) -> dict[str, Any]:
    aside = path.with_suffix(".damaged.json")
    path.replace(aside)
    _log.warning("settings %s cannot be read (%s); kept as %s", path.name, problem, aside.name)
    return {}
