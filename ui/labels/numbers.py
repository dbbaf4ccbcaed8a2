"""A field for millimetres and the like."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox

from ui.spin_box import DoubleSpinBox


def number(low: float, high: float, suffix: str = " mm", step: float = 0.5, decimals: int = 2) -> QDoubleSpinBox:
    """A field for a number from `low` to `high`; only what is finished is told, not each digit."""
    made = DoubleSpinBox()
    made.setRange(low, high)
    made.setDecimals(decimals)
    made.setSingleStep(step)
    made.setSuffix(suffix)
    made.setKeyboardTracking(False)
    return made
