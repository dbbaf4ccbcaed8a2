"""Where the user is in depreciation: a book, a month."""

from __future__ import annotations

from dataclasses import dataclass

from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.months import Month


@dataclass(frozen=True, slots=True)
class Place:
    """A book and a month in it."""

    book: BookLine
    month: Month
