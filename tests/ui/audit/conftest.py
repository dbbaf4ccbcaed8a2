"""A window on an office where something has happened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.ui.windows import Settle, shown_window
from ui.audit.screen import AuditScreen
from ui.main_window import MainWindow


@pytest.fixture
def window(office: Office) -> Iterator[MainWindow]:
    """The program's own window; a desk was made and got a note, and there are three suppliers."""
    with office.session() as session:
        desk = records.create(session, LEDGERS["assets"], {"code": "A1", "name": "办公桌"})
        for code in "123":
            records.create(session, LEDGERS["suppliers"], {"code": code, "name": "x"})
    with office.session() as session:
        records.update(session, LEDGERS, LEDGERS["assets"], desk, 1, {"note": "moved"})
    with shown_window(office) as window:
        yield window


@pytest.fixture
def screen(window: MainWindow, settle: Settle) -> AuditScreen:
    """The auditor's screen, read."""
    opened = window.open_module("audit")
    assert isinstance(opened, AuditScreen)
    settle()
    return opened
