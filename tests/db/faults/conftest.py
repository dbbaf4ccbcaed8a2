"""An office on a server that can be broken, and work that goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from db import watch
from logistics_desktop import requests
from logistics_desktop.context import Office
from tests.db.faults.breaking import Breakable
from tests.db.faults.working import prepared, signed_in
from tests.servers import open_folder


@pytest.fixture(scope="session")
def breakable() -> Iterator[Breakable]:
    """A server with an office on it; whoever breaks it mends it."""
    with open_folder() as folder, Breakable(Path(folder) / "data") as server:
        prepared(server.server)
        yield server


@pytest.fixture
def opened(breakable: Breakable) -> Iterator[Callable[..., Office]]:
    """Opens the office, straight or through a wire."""
    with ExitStack() as stack:
        yield lambda port=0: stack.enter_context(signed_in(breakable.server, port))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask a silent server sooner, so that the tests need not wait."""
    monkeypatch.setattr(watch, "PATIENCE_SECONDS", 0.6)
    monkeypatch.setattr(requests, "TRIED_SECONDS", 30.0)
