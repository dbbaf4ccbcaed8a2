"""Pages filled from the top down with ruled rows of cells, as forms, cards and tables on paper have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ui.paper.face import POINT, Face, printable
from ui.paper.sheet import BLACK, GREY, RULE, TINT, Box, Line, Mark, Sheet, Text

PAD_Y = 2.2 * POINT
"""Room above and below the text of a cell."""


class Labelled(Protocol):
    """A field with its value; a wide one has the whole width."""

    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def wide(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a row: its left edge, its width and its text."""

    x: float
    width: float
    text: str
    shaded: bool = False
    right: bool = False


class RuledPages:
    """Pages that grow. `pad_x` is the room beside the text of a cell; pages after the first begin `lower` down."""

    def __init__(self, sheet: Sheet, face: Face, pad_x: float, lower: float = 0) -> None:
        self._sheet = sheet
        self._face = face
        self._pad_x = pad_x
        self._lower = lower
        self.laid: list[list[Mark]] = [[]]
        self.y = sheet.top

    def put(self, mark: Mark) -> None:
        """Draw on the last page."""
        self.laid[-1].append(mark)

    def turn(self) -> None:
        """Begin a page."""
        self.laid.append([])
        self.y = self._sheet.top + self._lower

    def lay_form(self, fields: Iterable[Labelled], label_share: float) -> None:
        """Draw labels and values, two pairs in a row or a wide one; a label has a share of half the width."""
        half = self._sheet.room / 2
        for row in _pairs(fields):
            cells = []
            for at, field in enumerate(row):
                left, whole = self._sheet.left + at * half, half if len(row) > 1 else 2 * half
                cells.append(Cell(left, half * label_share, field.label, shaded=True))
                cells.append(Cell(left + half * label_share, whole - half * label_share, field.text))
            self.lay_row(cells)

    def lay_row(self, cells: Sequence[Cell], heads: Sequence[Cell] = ()) -> None:
        """Draw a row; what does not fit on the page goes on at the top of the next, below `heads`."""
        lines = [self._face.wrap(printable(cell.text), cell.width - 2 * self._pad_x) for cell in cells]
        left = max(map(len, lines))
        while left:
            fitting = int((self._sheet.bottom - self.y - 2 * PAD_Y) / self._face.height)
            if fitting < min(left, 2):
                self.turn()
                if heads:
                    self.lay_row(heads)
                continue
            taken = min(left, fitting)
            self._draw(cells, [each[:taken] for each in lines], taken)
            lines = [each[taken:] for each in lines]
            left -= taken

    def _draw(self, cells: Sequence[Cell], lines: list[list[str]], count: int) -> None:
        top, height = self.y, count * self._face.height + 2 * PAD_Y
        for cell in cells:
            if cell.shaded:
                self.put(Box(cell.x, top, cell.width, height, TINT))
        for cell, texts in zip(cells, lines, strict=True):
            for at, text in enumerate(texts):
                indent = cell.width - self._pad_x - self._face.width(text) if cell.right else self._pad_x
                y = top + PAD_Y + at * self._face.height + self._face.ascent
                self.put(Text(cell.x + indent, y, text, self._face, GREY if cell.shaded else BLACK))
        right = cells[-1].x + cells[-1].width
        for y in (top, top + height):
            self.put(Line(self._sheet.left, y, right, y, RULE))
        for x in (*(cell.x for cell in cells), right):
            self.put(Line(x, top, x, top + height, RULE))
        self.y = top + height


def _pairs(fields: Iterable[Labelled]) -> Iterator[list[Labelled]]:
    row: list[Labelled] = []
    for field in fields:
        if row and (field.wide or len(row) == 2):
            yield row
            row = []
        row.append(field)
        if field.wide:
            yield row
            row = []
    if row:
        yield row
