"""When Python looks through all there is for garbage in cycles: not while somebody works.

A full collection walks every object with the interpreter locked, about 0.1 s with a few ledgers open, and the window
stands still for it. Most values go without it, as soon as nobody refers to them.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

_NEVER = 1_000_000_000


def collect_when_away(app: QApplication) -> None:
    """Leave the full collections to the moments when the user turns to another program."""
    young, middle, _oldest = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    app.applicationStateChanged.connect(_collect)


def _collect(state: Qt.ApplicationState) -> None:
    if state != Qt.ApplicationState.ApplicationActive:
        gc.collect()
