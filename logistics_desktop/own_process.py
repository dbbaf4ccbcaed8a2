"""What the operating system keeps of this process when it breaks: no memory, since a password may be in it."""

from __future__ import annotations

import ctypes
import sys

_PR_SET_DUMPABLE = 4  # linux/prctl.h
_WER_NO_HEAP = 1  # WER_FAULT_REPORTING_FLAG_NOHEAP of werapi.h


def keep_out_of_dumps() -> None:
    """Ask the system for no core files of this process, and that no other process of the user reads its memory.

    An administrator of the PC can read it all the same. Programs that this one starts are not touched by it.
    """
    if sys.platform == "win32":
        ctypes.windll.kernel32.WerSetFlags(_WER_NO_HEAP)
        return
    import resource  # not there on Windows

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
