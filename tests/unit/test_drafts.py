"""Drafts survive whatever ends the program, and belong to nobody but their user."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from logistics_desktop import drafts
from logistics_desktop.drafts import ALWAYS_KEPT, KEPT_DAYS, Draft, Drafts
from logistics_desktop.errors import UserError

DRAFT = Draft("d1", "assets", 7, 3, "办公桌", {"name": {"is": "写字台", "before": "办公桌"}}, time.time())

_WRITER = """
import sys, time
from logistics_desktop.drafts import Draft, Drafts
kept = Drafts("p", "u")
for number in range(1_000_000):
    typed = {"name": {"is": f"{number} " * 2000, "before": ""}}
    kept.keep(Draft("d1", "assets", 7, 3, str(number), typed, time.time()))
    print(number, flush=True)
"""


def left_by_a_dead_program(*found: Draft, profile: str = "p", user: str = "u") -> None:
    """Keep drafts in another process, which then ends."""
    code = (
        "import sys; from logistics_desktop.drafts import Draft, Drafts\n"
        f"kept = Drafts({profile!r}, {user!r})\n"
        f"for each in {list(found)!r}: kept.keep(each)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))


def test_a_draft_of_a_program_that_is_gone_is_found_again(own_home: Path) -> None:
    assert Drafts("p", "u").left_over() == []
    left_by_a_dead_program(DRAFT)
    kept = Drafts("p", "u")
    assert kept.left_over() == kept.left_over("assets") == kept.left_over("assets", 7) == [DRAFT]
    assert kept.left_over("staff") == kept.left_over("assets", 8) == []
    assert Drafts("other", "u").left_over() == Drafts("p", "other").left_over() == []
    kept.discard("d1")
    assert kept.left_over() == []


def test_a_draft_that_a_running_program_is_at_work_on_is_not_offered(own_home: Path) -> None:
    Drafts("p", "u").keep(DRAFT)
    assert Drafts("p", "u").left_over() == []


def test_an_older_state_never_replaces_a_newer_one_and_what_was_discarded_stays_so(own_home: Path) -> None:
    newer = replace(DRAFT, step=2, kept_at=DRAFT.kept_at - 86_400)  # the clock was set back in between
    older = replace(DRAFT, title="older", step=1, kept_at=DRAFT.kept_at + 1)
    left_by_a_dead_program(newer, older)
    kept = Drafts("p", "u")
    assert [each.title for each in kept.left_over()] == ["办公桌"]
    kept.discard("d1")
    kept.keep(replace(DRAFT, step=3))
    assert Drafts("p", "u").left_over() == []
    left_by_a_dead_program()
    assert Drafts("p", "u").left_over() == []


def test_the_newest_comes_first_and_very_old_ones_go(own_home: Path) -> None:
    newer = replace(DRAFT, id="d2", kept_at=DRAFT.kept_at + 5)
    ancient = replace(DRAFT, id="d3", kept_at=DRAFT.kept_at - (KEPT_DAYS + 1) * 86_400)
    left_by_a_dead_program(ancient, *(replace(DRAFT, id=f"e{at}") for at in range(ALWAYS_KEPT - 1)), DRAFT, newer)
    found = [each.id for each in Drafts("p", "u").left_over()]
    assert found[0] == "d2"
    assert "d3" not in found


def test_a_clock_that_is_years_ahead_takes_no_draft_away(own_home: Path) -> None:
    left_by_a_dead_program(replace(DRAFT, kept_at=DRAFT.kept_at - 10 * 365 * 86_400))
    assert [each.id for each in Drafts("p", "u").left_over()] == ["d1"]


def test_a_program_killed_while_it_writes_leaves_a_whole_draft(own_home: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", _WRITER], stdout=subprocess.PIPE, env=dict(os.environ)) as writer:
        assert writer.stdout is not None
        said = -1
        while said < 20:
            said = int(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    (found,) = Drafts("p", "u").left_over()
    assert int(found.title) >= said
    assert found.typed["name"]["is"] == f"{found.title} " * 2000


def test_many_threads_at_once(own_home: Path) -> None:
    kept = Drafts("p", "u")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda at: kept.keep(replace(DRAFT, kept_at=float(at))), range(60)))
        list(pool.map(lambda at: kept.discard(f"d{at}"), range(10)))
    left_by_a_dead_program()
    assert kept.left_over() == []


def test_a_damaged_file_is_put_aside_and_a_place_that_cannot_be_written_is_told(own_home: Path) -> None:
    file = own_home / "drafts.sqlite"
    file.write_bytes(b"not a database at all" * 100)
    left_by_a_dead_program(DRAFT)
    assert Drafts("p", "u").left_over() == [DRAFT]
    assert (own_home / "drafts.damaged.sqlite").read_bytes().startswith(b"not a database")
    file.unlink()
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    file.mkdir()
    with pytest.raises(UserError, match="cannot be kept"):
        Drafts("p", "u").keep(DRAFT)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folder private by itself")
def test_nobody_else_may_read_it(own_home: Path) -> None:
    Drafts("p", "u").keep(DRAFT)
    assert drafts._path().stat().st_mode & 0o077 == 0
