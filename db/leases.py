"""Who is using something right now, counted so that a killed process stops counting.

Every user holds a locked file of its own for as long as it lives. The operating system drops the lock with the
process, however that ends, so nothing has to be believed that a dead process wrote.
"""

from __future__ import annotations

import uuid
from pathlib import Path

from filelock import FileLock, Timeout


class Leases:
    """The users of one thing, as locked files in `folder`; call every method under one lock of your own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self) -> FileLock:
        """Count the caller as a user until `leave` gets the lease back, or the process ends."""
        self._folder.mkdir(exist_ok=True)
        lease = FileLock(self._folder / f"{uuid.uuid4().hex}.lock", thread_local=False)
        lease.acquire(blocking=False)
        return lease

    def leave(self, lease: FileLock) -> bool:
        """Give the lease back; whether nobody else is left. Leases of the dead are cleared away."""
        lease.release()
        Path(lease.lock_file).unlink(missing_ok=True)
        return not [path for path in self._folder.glob("*.lock") if self._held(path)]

    @staticmethod
    def _held(path: Path) -> bool:
        try:
            with FileLock(path, blocking=False):
                pass
        except Timeout:
            return True
        path.unlink(missing_ok=True)
        return False
