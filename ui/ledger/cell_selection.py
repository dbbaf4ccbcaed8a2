"""Which cells of a table are selected, as few large pieces: a million rows are one piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QItemSelection

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_


@dataclass(frozen=True, slots=True)
class Band:
    """Neighbouring rows in which the same columns are selected; columns as the model numbers them."""

    rows: range
    columns: tuple[int, ...]


def bands_of(selection: QItemSelection, order: Sequence[int]) -> list[Band]:
    """The selected cells from the top down; `order` are the columns on show from left to right, others are left out."""
    found = (selection.at(place) for place in range(selection.count()))
    parts = [(part.top(), part.bottom() + 1, part.left(), part.right()) for part in found]
    edges = sorted({edge for top, end, _left, _right in parts for edge in (top, end)})
    bands: list[Band] = []
    for top, end in pairwise(edges):
        here = [(left, right) for start, stop, left, right in parts if start <= top and end <= stop]
        columns = tuple(at for at in order if any(left <= at <= right for left, right in here))
        if columns and bands and bands[-1].rows.stop == top and bands[-1].columns == columns:
            bands[-1] = Band(range(bands[-1].rows.start, end), columns)
        elif columns:
            bands.append(Band(range(top, end), columns))
    return bands


def rows_of(bands: Iterable[Band]) -> list[range]:
    """The rows that are touched, neighbours joined."""
    rows: list[range] = []
    for band in bands:
        if rows and rows[-1].stop == band.rows.start:
            rows[-1] = range(rows[-1].start, band.rows.stop)
        else:
            rows.append(band.rows)
    return rows


def one_block(bands: Sequence[Band]) -> tuple[list[range], tuple[int, ...]]:
    """Rows and columns of a selection that is one block, as a spreadsheet copies it.

    The same columns of rows far apart are one. Raises UserError where each row has columns of its own.
    """
    if any(band.columns != bands[0].columns for band in bands):
        raise UserError(
            N_("Cells in different columns of different rows are selected. Select the same columns in every row.")
        )
    return rows_of(bands), bands[0].columns if bands else ()


def runs(numbers: Iterable[int]) -> list[range]:
    """Numbers in ascending order as ranges."""
    found: list[range] = []
    for number in numbers:
        if found and found[-1].stop == number:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found
