"""From millimetres to the dots of a printer.

A code is only sharp when each of its modules is the same whole number of dots, so everything is laid out in dots. The
output may divide a dot further (`fine`), which lets letters in a PDF be finer than the printer they are meant for.
"""

from __future__ import annotations

from dataclasses import dataclass

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.design import Box, Code
from logistics_desktop.features.labels.symbologies import RULES, Modules
from logistics_desktop.i18n import N_

MM_PER_INCH = 25.4
_MM_PER_POINT = MM_PER_INCH / 72
_CAPTION = 3.0  # millimetres kept for the caption of a linear code
_CAPTION_SHARE = 0.35  # but never more of its height
_LEAST_BARS = 3.0  # millimetres; a scanner is held by hand
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Grid:
    """The raster of an output: `dpi` dots of the printer per inch, each divided into `fine` units.

    `stretch_x` and `stretch_y` make up for a printer that prints too short or too long; codes keep their whole dots.
    """

    dpi: int
    fine: int = 1
    stretch_x: float = 1.0
    stretch_y: float = 1.0

    @property
    def dot(self) -> float:
        """The size of a dot in millimetres."""
        return MM_PER_INCH / self.dpi

    @property
    def per_mm(self) -> float:
        """Units in a millimetre."""
        return self.dpi * self.fine / MM_PER_INCH

    def points(self, size: float) -> int:
        """The size of letters in units."""
        return max(1, round(size * _MM_PER_POINT * self.per_mm))

    def length(self, millimetres: float) -> int:
        """A length, such as the thickness of a line, in units."""
        return round(millimetres * self.per_mm)

    def box(self, box: Box, left: float = 0.0, top: float = 0.0) -> Units:
        """A box on a label whose corner lies at `left`, `top` millimetres of the page. Its corner is on a dot."""
        per_dot = self.dpi / MM_PER_INCH
        x0, x1 = ((left + edge) * self.stretch_x * per_dot for edge in (box.x, box.right))
        y0, y1 = ((top + edge) * self.stretch_y * per_dot for edge in (box.y, box.bottom))
        x, y = round(x0), round(y0)
        return Units(x * self.fine, y * self.fine, (round(x1) - x) * self.fine, (round(y1) - y) * self.fine)


@dataclass(frozen=True, slots=True)
class Units:
    """A rectangle in the units of a grid."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a code lies in its box, upright, in units: its first module, and the size of a module.

    `bars` is the height of a linear code, `caption` what is left below it (0 without).
    """

    x: int
    y: int
    module: int
    bars: int
    caption: int


def place_code(code: Code, modules: Modules, width: int, height: int, grid: Grid) -> Placed:
    """Lay a code into `width` × `height` units, as large as whole dots allow.

    Raises `UserError` where it would be too small for scanners.
    """
    rules = RULES[code.symbology]
    across = modules.width + rules.quiet_left + rules.quiet_right
    if not rules.linear:
        down = modules.height + rules.quiet_left + rules.quiet_right
        module = _on_dot(min(width // across, height // down), grid)
        _refuse_small(code, module, across, grid)
        x = (width - modules.width * module) // 2
        y = (height - modules.height * module) // 2
        return Placed(_on_dot(x, grid), _on_dot(y, grid), module, module, 0)
    caption = min(grid.length(_CAPTION), int(height * _CAPTION_SHARE)) if code.caption else 0
    module = _on_dot(width // across, grid)
    _refuse_small(code, module, across, grid)
    if height - caption < grid.length(_LEAST_BARS):
        raise UserError(
            N_("The bars of the {symbology} would be lower than {least} mm. Make its box higher."),
            symbology=rules.title,
            least=f"{_LEAST_BARS:g}",
        )
    free = width - across * module
    x = _on_dot(free // 2, grid) + rules.quiet_left * module
    return Placed(x, 0, module, _on_dot(height - caption, grid), caption)


def _refuse_small(code: Code, module: int, across: int, grid: Grid) -> None:
    """A module must be as wide as scanners need, in dots that the printer has."""
    rules = RULES[code.symbology]
    if module and module / grid.per_mm >= rules.least_module - _ROUNDING:
        return
    dots = -int(-(rules.least_module - _ROUNDING) // grid.dot)
    raise UserError(
        N_(
            "The {symbology} needs {needed} mm with its quiet zones at {dpi} dots per inch and has {has} mm. "
            "Make its box larger or its content shorter."
        ),
        symbology=rules.title,
        needed=f"{across * dots * grid.dot:.1f}",
        dpi=grid.dpi,
        has=f"{_across(code):.1f}",
    )


def _across(code: Code) -> float:
    """The room that the modules from left to right have, in millimetres."""
    box = code.box
    if not RULES[code.symbology].linear:
        return min(box.width, box.height)
    return box.height if code.turn % 180 else box.width


def _on_dot(units: int, grid: Grid) -> int:
    return units // grid.fine * grid.fine
