"""How wide the columns of a printed list are, and how large its letters.

A list shrinks a little before it wraps, wraps before it becomes hard to read, and never breaks a number or a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_

USUAL = 9.0  # points
_WITHOUT_WRAPPING = (9.0, 8.5, 8.0, 7.5)
_WRAPPED = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
_COMFORT = 0.4  # of what the columns want above the least, from which larger letters are worth the wrapping


@dataclass(frozen=True, slots=True)
class Need:
    """What a column wants at the usual size of letters: `widest` to show all on one line, `least` to be of use."""

    widest: float
    least: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The size of the letters in points, and the width of every column with its padding."""

    points: float
    widths: tuple[float, ...]


def fit(needs: Sequence[Need], room: float, padding: float) -> Fit:
    """Share `room` among the columns; `padding` is what each needs besides. Raises `UserError` if they do not fit."""
    left = room - padding * len(needs)
    widest, least = sum(need.widest for need in needs), sum(need.least for need in needs)
    for points in _WITHOUT_WRAPPING:
        if widest * points / USUAL <= left:
            return _shared(needs, points, room, padding, 1.0)
    for points in _WRAPPED:
        scale = points / USUAL
        spare, wanted = left - least * scale, (widest - least) * scale
        comfort = wanted * _COMFORT if points != _WRAPPED[-1] else 0
        if spare >= comfort:
            return _shared(needs, points, room, padding, min(spare / wanted, 1.0) if wanted else 1.0)
    raise UserError(
        N_("{count} columns do not fit on this paper. Turn it to landscape, or hide some of them."), count=len(needs)
    )


def _shared(needs: Sequence[Need], points: float, room: float, padding: float, share: float) -> Fit:
    scale = points / USUAL
    widths = [(need.least + (need.widest - need.least) * share) * scale + padding for need in needs]
    over = (room - sum(widths)) / sum(widths)  # what is left makes every column wider, so that the table fills the page
    return Fit(points, tuple(width * (1 + over) for width in widths))
