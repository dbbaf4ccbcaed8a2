"""What is peculiar to one printer: how fine it prints, and where and how long its millimetres are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.geometry import Grid
from logistics_desktop.i18n import N_

DPIS = (203, 300, 600, 1200)  # label printers have the first three, laser printers the last two
MOST_OFFSET = 25.0  # millimetres
_STRETCHES = (0.9, 1.1)
_FAR_CORNER, _NEAR_CORNER = 20.0, 5.0
_LARGE = 150.0
_LENGTHS = (200.0, 100.0, 50.0, 20.0, 10.0)
_FINE_DPI = 1200  # letters in a PDF look right from here on


@dataclass(frozen=True, slots=True)
class Calibration:
    """A page to measure: a cross, and from it one line across and one down; all in millimetres."""

    width: float
    height: float

    @property
    def corner(self) -> float:
        """How far the cross is from the left and from the upper edge of the paper."""
        return _FAR_CORNER if min(self.width, self.height) >= _LARGE else _NEAR_CORNER

    @property
    def across(self) -> float:
        """The length of the line across."""
        return _longest(self.width - 2 * self.corner)

    @property
    def down(self) -> float:
        """The length of the line down."""
        return _longest(self.height - 2 * self.corner)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a ruler says of the printed page: the lines, and the distances of the cross from the paper's edges."""

    across: float
    down: float
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The correction of a printer: added to every place in millimetres, and by what its lengths are multiplied."""

    offset_x: float = 0.0
    offset_y: float = 0.0
    stretch_x: float = 1.0
    stretch_y: float = 1.0


def adjustment(data: Mapping[str, Any]) -> Adjustment:
    """The correction that was saved on this PC; one that makes no sense counts as none."""
    try:
        found = Adjustment(**{key: float(value) for key, value in data.items()})
        check_adjustment(found)
    except (TypeError, ValueError, UserError):
        return Adjustment()
    return found


def to_json(found: Adjustment) -> dict[str, float]:
    """The correction to be saved."""
    return asdict(found)


def check_adjustment(found: Adjustment) -> None:
    """Raise `UserError` for a correction that no printer needs."""
    low, high = _STRETCHES
    offsets = (found.offset_x, found.offset_y)
    stretches = (found.stretch_x, found.stretch_y)
    if not all(map(math.isfinite, (*offsets, *stretches))) or any(abs(offset) > MOST_OFFSET for offset in offsets):
        raise UserError(
            N_("An offset lies between {low} and {high} mm."), low=f"{-MOST_OFFSET:g}", high=f"{MOST_OFFSET:g}"
        )
    if not all(low <= stretch <= high for stretch in stretches):
        raise UserError(
            N_("Lengths that are wrong by more than a tenth were printed with scaling. Switch “fit to page” off.")
        )


def calibrated(before: Adjustment, page: Calibration, found: Measured) -> Adjustment:
    """The correction that follows from measuring `page`, which was printed with the one `before`.

    Raises `UserError`.
    """
    if min(found.across, found.down) <= 0:
        raise UserError(N_("Measure both lines of the calibration page."))
    new = Adjustment(
        round(before.offset_x + page.corner - found.left, 2),
        round(before.offset_y + page.corner - found.top, 2),
        round(before.stretch_x * page.across / found.across, 5),
        round(before.stretch_y * page.down / found.down, 5),
    )
    check_adjustment(new)
    return new


def grid(dpi: int, found: Adjustment, *, divide: bool) -> Grid:
    """The raster for a printer with `dpi` dots an inch; `divide` for a PDF, whose letters may be finer than that."""
    fine = -(-_FINE_DPI // dpi) if divide else 1
    return Grid(dpi, fine, found.stretch_x, found.stretch_y)


def _longest(room: float) -> float:
    return next((length for length in _LENGTHS if length <= room), max(room, 1.0))
