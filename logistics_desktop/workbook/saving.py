"""A file that appears whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FULL_WORDS = ("os error 28", "os error 112", "StorageFull")
"""How libraries written in Rust say "disk full", on POSIX, on Windows, and in a panic: their errors carry no errno."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; what was written takes the place of `path` when the block ends well.

    Whatever ends the block early leaves `path` as it was. Raises `UserError` where the file is open in another
    program, the folder may not be written to, or the disk is full.
    """
    draft = path.with_name(f".~{secrets.token_hex(4)}{path.suffix}")
    try:
        _check_free(path)
        yield draft
        os.replace(draft, path)
    except OSError as error:
        raise _clear(error, path) from error
    finally:
        draft.unlink(missing_ok=True)


def _check_free(path: Path) -> None:
    """Find out before the work, not after it, that Excel holds the file."""
    if path.exists():
        with path.open("r+b"):
            pass


def _clear(error: OSError, path: Path) -> UserError:
    if error.errno in _FULL or any(words in str(error) for words in _FULL_WORDS):
        return UserError(N_("The disk is full: {file} was not written. Make room and try again."), file=path)
    if not path.parent.is_dir():
        return UserError(N_("The folder {folder} does not exist. Choose another one."), folder=path.parent)
    if isinstance(error, PermissionError) and path.exists():
        return UserError(
            N_("{file} is open in another program or may not be changed. Close it there or choose another name."),
            file=path,
        )
    if isinstance(error, PermissionError):
        return UserError(N_("You may not write to the folder {folder}. Choose another one."), folder=path.parent)
    return UserError(N_("{file} could not be written: {reason}"), file=path, reason=error.strerror or str(error))
