"""What a user is told when a file cannot be written, and what is left behind."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from logistics_desktop.errors import UserError
from logistics_desktop.workbook.saving import replacing


def fail_half_way(target: Path, error: Exception) -> None:
    """Write half a file and meet an error."""
    with replacing(target) as draft:
        draft.write_text("half")
        raise error


def test_a_file_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    with replacing(target) as draft:
        draft.write_text("new")
        assert not target.exists()
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    "full",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError("Failed to save workbook: No space left on device (os error 28)"),
        OSError("There is not enough space on the disk. (os error 112)"),
    ],
)
def test_a_full_disk_is_named(tmp_path: Path, full: OSError) -> None:
    target = tmp_path / "list.csv"
    target.write_text("old")
    with pytest.raises(UserError, match=r"disk is full: .*list\.csv was not written"):
        fail_half_way(target, full)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="gone does not exist"), replacing(tmp_path / "gone" / "list.csv") as draft:
        draft.write_text("x")


def test_a_file_held_by_another_program_is_named(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_text("old")
    with pytest.raises(UserError, match="open in another program"), replacing(target):
        raise PermissionError(errno.EACCES, "Permission denied")
    with pytest.raises(UserError, match="may not write to the folder"), replacing(tmp_path / "new.csv"):
        raise PermissionError(errno.EACCES, "Permission denied")


def test_a_folder_in_the_way_is_named_before_any_work(tmp_path: Path) -> None:
    worked = False
    with pytest.raises(UserError, match="could not be written: Is a directory"), replacing(tmp_path):
        worked = True
    assert not worked


def test_a_bug_stays_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_half_way(tmp_path / "list.csv", ZeroDivisionError())
    assert list(tmp_path.iterdir()) == []
