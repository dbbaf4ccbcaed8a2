"""The log says what went wrong and never a password."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from logistics_desktop import logs


@pytest.fixture
def log_file(own_home: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), sys.excepthook, threading.excepthook)
    logs.start()
    yield own_home / "logs" / "logistics-desktop.log"
    for handler in set(root.handlers) - set(before[1]):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[0])
    sys.excepthook, threading.excepthook = before[2], before[3]


@pytest.mark.parametrize(
    "line",
    [
        "postgresql+psycopg://li:GEHEIM@db:5432/office",
        "postgresql://li:a:b@GEHEIM@db/office",
        "connecting with host=db password=GEHEIM user=li",
        "connecting with password='it\\'s GEHEIM' user=li",
        "{'user': 'li', 'password': 'GEHEIM'}",
        "ALTER ROLE li PASSWORD 'GEHEIM'",
        "verifier SCRAM-SHA-256$4096:GEHEIM",
        "passwd: GEHEIM",
    ],
)
def test_passwords_are_masked(line: str) -> None:
    assert "GEHEIM" not in logs.masked(line)
    assert "li" in logs.masked(line) or "***" in logs.masked(line)


@pytest.mark.parametrize(
    "line", ["资产 办公桌 saved", "https://example.com/a@b", "the password is wrong", "12:30 mail@a"]
)
def test_other_text_stays(line: str) -> None:
    assert logs.masked(line) == line


def test_lines_reach_the_file_masked(log_file: Path) -> None:
    logging.getLogger("office").warning("用 %s", "postgresql://li:GEHEIM@db/office")
    assert "用 postgresql://li:***@db/office" in log_file.read_text("utf-8")


def test_uncaught_errors_are_logged(log_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise RuntimeError("broken with password=GEHEIM")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    text = log_file.read_text("utf-8")
    assert "RuntimeError: broken" in text
    assert "GEHEIM" not in text
    assert "RuntimeError" in capsys.readouterr().err


def test_the_log_does_not_grow_for_ever(log_file: Path) -> None:
    for _ in range(80):
        logging.getLogger("office").warning("x" * 100_000)
    sizes = [path.stat().st_size for path in log_file.parent.iterdir()]
    assert len(sizes) == 6
    assert sum(sizes) < 7_000_000
