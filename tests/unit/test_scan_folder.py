"""What the scanner put into its folder and still waits for a record."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from logistics_desktop.errors import UserError
from logistics_desktop.scan_folder import FRESH_SECONDS, waiting

PNG = b"\x89PNG\r\n\x1a\n0000"
NONE: frozenset[str] = frozenset()


def scanned(folder: Path, name: str, ago: float, content: bytes = PNG) -> None:
    path = folder / name
    path.write_bytes(content)
    at = time.time() - ago
    os.utime(path, (at, at))


def test_fresh_files_of_kinds_that_are_kept_wait_the_newest_first(tmp_path: Path) -> None:
    scanned(tmp_path, "first.png", 60)
    scanned(tmp_path, "second.pdf", 30, b"%PDF-1.7")
    scanned(tmp_path, "old.png", FRESH_SECONDS + 60)
    scanned(tmp_path, "growing.png", 0)
    scanned(tmp_path, "empty.png", 30, b"")
    scanned(tmp_path, "program.exe", 30, b"MZ")
    scanned(tmp_path, "liar.pdf", 30, PNG)
    scanned(tmp_path, ".hidden.png", 30)
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "link.png").symlink_to(tmp_path / "first.png")
    found = waiting(tmp_path, NONE)
    assert [scan.path.name for scan in found] == ["second.pdf", "first.png"]
    assert [scan.path.name for scan in waiting(tmp_path, frozenset({found[0].mark}))] == ["first.png"]


def test_a_later_scan_of_the_same_name_waits_again(tmp_path: Path) -> None:
    scanned(tmp_path, "scan.png", 60)
    done = frozenset(scan.mark for scan in waiting(tmp_path, NONE))
    assert waiting(tmp_path, done) == []
    scanned(tmp_path, "scan.png", 20)
    assert len(waiting(tmp_path, done)) == 1


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="gone"):
        waiting(tmp_path / "gone", NONE)
