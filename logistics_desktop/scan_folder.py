"""The folder where a scanner puts its files, and which of them still wait for their record."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from logistics_desktop.errors import UserError
from logistics_desktop.filetypes import media_type
from logistics_desktop.i18n import N_

FRESH_SECONDS = 3_600
"""How old a file may be to be offered: what was scanned yesterday is no longer waiting."""

_REST_SECONDS = 1.0  # a file that was written to just now may not be whole yet
_MOST = 20


@dataclass(frozen=True, slots=True)
class Scan:
    """A file in the folder; `written` in seconds since 1970 tells it from a later one of the same name."""

    path: Path
    size: int
    written: float

    @property
    def mark(self) -> str:
        """What is remembered of a scan that has been dealt with."""
        return f"{self.path.name}|{self.size}|{self.written}"


def waiting(folder: Path, done: frozenset[str], now: float | None = None) -> list[Scan]:
    """The files in `folder` that are fresh, whole, of a kind that is kept and not among the marks `done`.

    The newest first. Raises `UserError` where the folder cannot be looked at.
    """
    at = time.time() if now is None else now
    try:
        found = [scan for path in folder.iterdir() if (scan := _scan(path, at)) is not None and scan.mark not in done]
    except OSError as error:
        raise UserError(
            N_("The scanner folder {folder} cannot be looked at: {reason}."),
            folder=folder,
            reason=error.strerror or str(error),
        ) from error
    newest = sorted(found, key=lambda scan: (-scan.written, scan.path.name))
    return [scan for scan in newest if _is_kept(scan.path)][:_MOST]


def _scan(path: Path, now: float) -> Scan | None:
    try:
        about = path.lstat()
        regular = path.is_file() and not path.is_symlink()
    except OSError:  # gone meanwhile
        return None
    fresh = _REST_SECONDS <= now - about.st_mtime <= FRESH_SECONDS
    hidden = path.name.startswith((".", "~"))
    return Scan(path, about.st_size, about.st_mtime) if regular and fresh and about.st_size and not hidden else None


def _is_kept(path: Path) -> bool:
    try:
        media_type(path)
    except (UserError, OSError):
        return False
    return True
