"""Paper with places for labels: rolls and die-cut sheets, and the way the labels are laid on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.design import Design
from logistics_desktop.i18n import N_

_TOLERANCE = 0.05  # millimetres; makers round their sizes
_MOST_PLACES = 2_000  # of the smallest labels 1,120 fit on A4
A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and its places, in millimetres.

    `left`, `top` is the corner of the first place; the pitches lead from one place to the next.
    """

    name: str
    page_width: float
    page_height: float
    columns: int
    rows: int
    left: float
    top: float
    width: float
    height: float
    pitch_x: float
    pitch_y: float

    @property
    def places(self) -> int:
        """How many labels a page has."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of a place, counted from 0 in rows from the top."""
        row, column = divmod(place, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one label goes: which page, counted from 0, and its corner in millimetres."""

    page: int
    x: float
    y: float


SIZES: tuple[tuple[float, float], ...] = ((60, 40), (50, 30), (70, 50), (100, 70), (40, 30), (80, 60), (70, 37))
"""The sizes of labels that shops in China sell for assets, in millimetres; the last is a place of an A4 sheet."""

SHEETS: tuple[Sheet, ...] = (
    Sheet(N_("A4, 3 × 8 of 70 × 37 mm"), *A4, 3, 8, 0, 0.5, 70, 37, 70, 37),
    Sheet(N_("A4, 3 × 8 of 63.5 × 33.9 mm"), *A4, 3, 8, 7.2, 12.9, 63.5, 33.9, 66.0, 33.9),
    Sheet(N_("A4, 3 × 7 of 63.5 × 38.1 mm"), *A4, 3, 7, 7.2, 15.1, 63.5, 38.1, 66.0, 38.1),
    Sheet(N_("A4, 2 × 7 of 99.1 × 38.1 mm"), *A4, 2, 7, 4.7, 15.1, 99.1, 38.1, 101.6, 38.1),
    Sheet(N_("A4, 2 × 4 of 99.1 × 67.7 mm"), *A4, 2, 4, 4.7, 13.1, 99.1, 67.7, 101.6, 67.7),
)
"""Sheets that many makers sell, some under their numbers L7159, L7160, L7163, L7165."""

_CUT_MARGIN, _CUT_GAP = 8.0, 2.0


def roll(design: Design) -> Sheet:
    """The paper of a label printer: each label is a page."""
    size = (design.width, design.height)
    return Sheet(N_("Label printer: one label a page"), *size, 1, 1, 0, 0, *size, *size)


def cut(design: Design) -> Sheet:
    """Plain A4 paper with as many labels as fit, to be cut by hand. Raises `UserError` where none fits."""
    columns = int((A4[0] - 2 * _CUT_MARGIN + _CUT_GAP) // (design.width + _CUT_GAP))
    rows = int((A4[1] - 2 * _CUT_MARGIN + _CUT_GAP) // (design.height + _CUT_GAP))
    if not columns or not rows:
        raise _too_large(design, A4[0] - 2 * _CUT_MARGIN, A4[1] - 2 * _CUT_MARGIN)
    pitch = (design.width + _CUT_GAP, design.height + _CUT_GAP)
    left = (A4[0] - columns * pitch[0] + _CUT_GAP) / 2
    top = (A4[1] - rows * pitch[1] + _CUT_GAP) / 2
    return Sheet(N_("A4 to be cut by hand"), *A4, columns, rows, left, top, design.width, design.height, *pitch)


def check_sheet(sheet: Sheet) -> None:
    """Raise `UserError` where the places are not on the page or lie on each other."""
    if sheet.columns < 1 or sheet.rows < 1 or sheet.places > _MOST_PLACES:
        raise UserError(N_("A sheet has at least one and at most {most} labels."), most=_MOST_PLACES)
    if sheet.width <= 0 or sheet.height <= 0:
        raise UserError(N_("A label on the sheet needs a width and a height."))
    last_x, last_y = sheet.corner(sheet.places - 1)
    right, bottom = last_x + sheet.width, last_y + sheet.height
    beyond = right > sheet.page_width + _TOLERANCE or bottom > sheet.page_height + _TOLERANCE
    if sheet.left < 0 or sheet.top < 0 or beyond:
        raise UserError(
            N_("The labels of the sheet reach to {right} × {bottom} mm, the paper only to {width} × {height} mm."),
            right=f"{right:g}",
            bottom=f"{bottom:g}",
            width=f"{sheet.page_width:g}",
            height=f"{sheet.page_height:g}",
        )
    over_x = sheet.columns > 1 and sheet.pitch_x < sheet.width - _TOLERANCE
    if over_x or (sheet.rows > 1 and sheet.pitch_y < sheet.height - _TOLERANCE):
        raise UserError(N_("The labels of the sheet lie on each other: its pitch is less than a label."))


def check_fits(sheet: Sheet, design: Design) -> None:
    """Raise `UserError` where the design is larger than its place."""
    if design.width > sheet.width + _TOLERANCE or design.height > sheet.height + _TOLERANCE:
        raise _too_large(design, sheet.width, sheet.height)


def spots(sheet: Sheet, count: int, start: int = 1) -> Iterator[Spot]:
    """Places for `count` labels, the first at the place number `start` of the first page. Raises `UserError`."""
    if not 1 <= start <= sheet.places:
        raise UserError(
            N_("The sheet has the places 1 to {places}; it cannot be begun at {start}."),
            places=sheet.places,
            start=start,
        )
    for number in range(start - 1, start - 1 + count):
        page, place = divmod(number, sheet.places)
        yield Spot(page, *sheet.corner(place))


def pages(sheet: Sheet, count: int, start: int = 1) -> int:
    """How many pages `count` labels take."""
    return -(-(count + start - 1) // sheet.places) if count else 0


def _too_large(design: Design, width: float, height: float) -> UserError:
    return UserError(
        N_(
            "The label “{name}” is {label_width} × {label_height} mm and its paper has {width} × {height} mm for it. "
            "Choose other paper or a smaller label."
        ),
        name=design.name,
        label_width=f"{design.width:g}",
        label_height=f"{design.height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
    )
