"""A home of its own for every test, so that no test meets what another or the developer left."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the program takes for the user's."""
    monkeypatch.setenv("LOGISTICS_DESKTOP_HOME", str(tmp_path))
    return tmp_path
