"""`depreciation run|undo|close|reopen|status` as a scheduled job calls them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from db.session import Target
from logistics_desktop import profiles
from logistics_desktop.cli import depreciation
from logistics_desktop.errors import UserError
from logistics_desktop.profiles import Profile
from tests.db.depreciation.conftest import Desk
from tests.offices import CLERK, PASSWORD
from tests.servers import open_folder

Ask = Callable[..., Any]


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, clerk: Target) -> Iterator[Path]:
    """A PC that knows the office and the clerk's password."""
    with open_folder() as folder:
        monkeypatch.setenv("LOGISTICS_DESKTOP_HOME", str(folder))
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
        profiles.add(Profile("office", "server", clerk.host, clerk.port, clerk.database, "disable", None, CLERK))
        yield folder


@pytest.fixture
def ask(home: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Give what a step prints, from JSON unless asked for text."""

    def step(*words: str, text: bool = False) -> Any:
        parser = argparse.ArgumentParser()
        parser.set_defaults(demo=False, profile="office")
        depreciation.add_parser(parser.add_subparsers())
        parsed = parser.parse_args(["depreciation", *words, *([] if text else ["--json"])])
        assert parsed.run(parsed) == 0
        said = capsys.readouterr().out
        return said if text else json.loads(said)

    return step


def test_a_month_from_run_to_close_and_back(desk: Desk, ask: Ask) -> None:
    desk.asset("A1")
    desk.asset("A2", cost=None)
    done = ask("run", "--book", "1", "--month", "2026-02")
    assert done["months"] == [
        {"month": "2026-01", "entries": 1, "total": "100.00"},
        {"month": "2026-02", "entries": 1, "total": "100.00"},
    ]
    assert {(one["asset"], one["left_out"]) for one in done["doubts"]} == {("A2", True)}
    assert ask("close", "--book", "账套1") == {
        "month": "2026-01",
        "last": "0.00",
        "started": "100.00",
        "finished": "0.00",
        "changed": "0.00",
        "this": "100.00",
    }
    shown = ask("status", "--book", "1")
    assert (shown["open_month"], [one["state"] for one in shown["months"]]) == (
        "2026-02",
        ["closed", "calculated", *["open"] * 10],
    )
    assert shown["months"][0]["closed_by"] == CLERK
    assert ask("undo", "--book", "1") == {"months": 1}
    assert ask("reopen", "--book", "1", "--reason", "漏记") == {"month": "2026-01"}
    assert ask("status", "--book", "1")["months"][0]["reopened_reason"] == "漏记"


def test_people_read_tables(desk: Desk, ask: Ask) -> None:
    desk.asset("A1")
    desk.asset("A2", cost=None)
    assert "2026-01" in ask("run", "--book", "1", text=True)
    assert "100.00 + " not in ask("status", "--book", "1", text=True)
    assert "0.00 + 100.00 − 0.00 ± 0.00 = 100.00" in ask("close", "--book", "1", text=True)
    assert "open again" in ask("reopen", "--book", "1", "--reason", "x", text=True)
    assert "1 months" in ask("undo", "--book", "1", text=True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "--book", "9"), "no book"),
        (("run", "--book", "1", "--month", "2025-12"), "begins with 2026-01"),
        (("close", "--book", "1"), "not calculated"),
        (("undo", "--book", "1"), "not calculated"),
        (("reopen", "--book", "1", "--reason", "x"), "not closed"),
    ],
)
def test_what_cannot_be_is_refused_in_words(desk: Desk, ask: Ask, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(UserError, match=said):
        ask(*words)
