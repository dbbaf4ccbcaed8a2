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
RULE = 100.0  # millimetres that the lines of the calibration page are meant to have
_MOST_OFFSET = 25.0
_STRETCHES = (0.9, 1.1)
_FINE_DPI = 1200  # letters in a PDF look right from here on


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
    if not all(map(math.isfinite, (*offsets, *stretches))) or any(abs(offset) > _MOST_OFFSET for offset in offsets):
        raise UserError(N_("An offset lies between {low} and {high} mm."), low=-_MOST_OFFSET, high=_MOST_OFFSET)
    if not all(low <= stretch <= high for stretch in stretches):
        raise UserError(
            N_(
                "The lines of the calibration page should be {rule} mm long; a line of less than {low} or more than "
                "{high} mm was printed with scaling. Switch “fit to page” off and print it again."
            ),
            rule=f"{RULE:g}",
            low=f"{RULE / high:.0f}",
            high=f"{RULE / low:.0f}",
        )


def calibrated(before: Adjustment, across: float, down: float, left: float, top: float, meant: float) -> Adjustment:
    """The correction that follows from measuring the calibration page, which was printed with the one `before`.

    `across` and `down` are the lengths found for its two lines, `left` and `top` the distances found from the paper's
    edges to the corner of its cross, which should be `meant`; all in millimetres. Raises `UserError`.
    """
    if min(across, down) <= 0:
        raise UserError(N_("Measure both lines of the calibration page."))
    found = Adjustment(
        round(before.offset_x + meant - left, 2),
        round(before.offset_y + meant - top, 2),
        round(before.stretch_x * RULE / across, 5),
        round(before.stretch_y * RULE / down, 5),
    )
    check_adjustment(found)
    return found


def grid(dpi: int, found: Adjustment, *, divide: bool) -> Grid:
    """The raster for a printer with `dpi` dots an inch; `divide` for a PDF, whose letters may be finer than that."""
    fine = -(-_FINE_DPI // dpi) if divide else 1
    return Grid(dpi, fine, found.stretch_x, found.stretch_y)
