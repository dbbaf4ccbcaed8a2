"""Fields for numbers with arrows, whose text keeps off the edge.

Qt leaves the padding of a style sheet out where the arrows have a style of their own.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

_MARGIN = 6


class SpinBox(QSpinBox):
    """For whole numbers."""

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)


class DoubleSpinBox(QDoubleSpinBox):
    """For numbers with decimals."""

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)
