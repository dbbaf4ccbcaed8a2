"""What has to be known of a sheet's XML before a column can be put into it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, range_boundaries

Area = tuple[int, int, int, int]
"""Left, top, right, bottom, from 1."""

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576


def area(ref: str) -> Area:
    """Understand a range like B2:D9; whole columns and rows (B:D) reach to the ends of the sheet."""
    left, top, right, bottom = range_boundaries(ref)
    return left or 1, top or 1, right or LAST_COLUMN, bottom or LAST_ROW


@dataclass(slots=True)
class Position:
    """Where a reader is in a sheet; rows and cells may leave out their place and then follow the one before."""

    row: int = 0
    column: int = 0

    def at_row(self, attributes: dict[str, str]) -> None:
        """Go to a row element."""
        self.row = int(attributes.get("r", self.row + 1))
        self.column = 0

    def at_cell(self, attributes: dict[str, str]) -> None:
        """Go to a cell element."""
        place = attributes.get("r", "").rstrip("0123456789")
        self.column = column_index_from_string(place) if place else self.column + 1


@dataclass(slots=True)
class Layout:
    """The extent of a sheet and its header row."""

    last_column: int = 0
    merged: list[Area] = field(default_factory=list)
    header: dict[int, tuple[bool, str]] = field(default_factory=dict)
    """Per column of the header row: whether the text is the number of a shared string, and the text."""

    def free_column(self, rows: Iterable[int]) -> int:
        """Give the first column right of every value where no merged area covers one of `rows`."""
        wanted = sorted(rows)
        column = self.last_column + 1
        for left, top, right, bottom in sorted(self.merged):
            covers = bisect_left(wanted, top) < bisect_left(wanted, bottom + 1)
            if covers and left <= column <= right:
                column = right + 1
        return column


def scan(part: IO[bytes], header_row: int) -> Layout:
    """Read a sheet part once, as a stream."""
    scanner = _Scanner(header_row)
    scanner.parser.ParseFile(part)
    return scanner.layout


class _Scanner:
    def __init__(self, header_row: int) -> None:
        self.layout = Layout()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._root
        self._at = Position()
        self._header_row = header_row

    def _root(self, name: str, _: dict[str, str]) -> None:
        prefix = name.removesuffix("worksheet")
        handlers = {
            "row": self._row,
            "c": self._cell,
            "v": self._value,
            "is": self._value,
            "mergeCell": self._merged,
        }
        by_name = {prefix + local: handler for local, handler in handlers.items()}

        def start(name: str, attributes: dict[str, str]) -> None:
            if handler := by_name.get(name):
                handler(attributes)

        self.parser.StartElementHandler = start

    def _row(self, attributes: dict[str, str]) -> None:
        self._at.at_row(attributes)
        self.parser.CharacterDataHandler = self._characters if self._at.row == self._header_row else None

    def _cell(self, attributes: dict[str, str]) -> None:
        self._at.at_cell(attributes)
        if self._at.row == self._header_row:
            self.layout.header[self._at.column] = (attributes.get("t") == "s", "")

    def _value(self, _: dict[str, str]) -> None:
        self.layout.last_column = max(self.layout.last_column, self._at.column)

    def _merged(self, attributes: dict[str, str]) -> None:
        self.layout.merged.append(area(attributes["ref"]))

    def _characters(self, text: str) -> None:
        if self._at.column in self.layout.header:
            shared, so_far = self.layout.header[self._at.column]
            self.layout.header[self._at.column] = (shared, so_far + text)
