"""Where things lie on this PC."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
DOCS = ROOT / "docs"

_APP = "LogisticsDesktop"


def home() -> Path:
    """The folder for this user's data: settings, embedded databases, logs, drafts.

    `LOGISTICS_DESKTOP_HOME` names another one, for tests and for installations that keep data elsewhere.
    """
    named = os.environ.get("LOGISTICS_DESKTOP_HOME")
    return Path(named) if named else Path(platformdirs.user_data_dir(_APP, appauthor=False))
