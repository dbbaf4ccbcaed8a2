"""A card laid out on pages: a form with ruled cells, section by section, then files and history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ui.paper.card import Card, Item, Section, Table
from ui.paper.face import POINT, Face
from ui.paper.foot import foot
from ui.paper.sheet import BLACK, GREY, RULE, TINT, Box, Line, Mark, Sheet, Text

_KIND, _NAME, _SECTION, _USUAL = 9.0, 16.0, 10.5, 9.0  # points
_PAD_X, _PAD_Y = 3 * POINT, 2.2 * POINT
_GAP = 7 * POINT
_LABEL = 0.34  # of a pair of label and value
_CODE_ROOM = 0.2  # of the width, right of the name, free for a label to be stuck on


@dataclass(frozen=True, slots=True)
class _Cell:
    """A part of a row: its left edge, its width and its text."""

    x: float
    width: float
    text: str
    shaded: bool = False


class CardPrintout:
    """The pages of a card; there are few, so all are laid out at once."""

    def __init__(self, card: Card, sheet: Sheet) -> None:
        self._card = card
        self.sheet = sheet
        self.title = f"{card.kind} {card.name}".replace("\n", " ")
        self._face, self._section_face = Face(_USUAL), Face(_SECTION)
        self._laid: list[list[Mark]] = [[]]
        self._y = sheet.top
        self._lay_head()
        for section in card.sections:
            self._lay_section(section)
        for table in card.tables:
            self._lay_table(table)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._laid)

    def page(self, number: int) -> Sequence[Mark]:
        """Everything on a page; the first is 0."""
        return self._laid[number] + foot(self.sheet, self.title, self._card.by, self._card.at, number, self.pages)

    def _lay_head(self) -> None:
        kind, name = Face(_KIND), Face(_NAME)
        self._put(Text(self.sheet.left, self._y + kind.ascent, self._card.kind, kind, GREY))
        self._y += kind.height
        for line in name.wrap(self._card.name, self.sheet.room * (1 - _CODE_ROOM), 3):
            self._put(Text(self.sheet.left, self._y + name.ascent, line, name))
            self._y += name.height
        self._y += _GAP

    def _lay_section(self, section: Section) -> None:
        if section.title:
            self._lay_title(section.title)
        for items in _pairs(section.items):
            self._lay_row(self._cells(items))
        self._y += _GAP

    def _lay_table(self, table: Table) -> None:
        self._lay_title(table.title)
        heads = self._columns(table, table.headings, shaded=True)
        self._lay_row(heads)
        for texts in table.rows:
            self._lay_row(self._columns(table, texts), heads)
        self._y += _GAP

    def _lay_title(self, title: str) -> None:
        """Write the title of a section, on the page of its first row."""
        if self._y + self._section_face.height + 3 * self._line_height() > self.sheet.bottom:
            self._turn()
        self._put(Text(self.sheet.left, self._y + self._section_face.ascent, title, self._section_face))
        self._y += self._section_face.height + _PAD_Y

    def _cells(self, items: Sequence[Item]) -> list[_Cell]:
        """Label and value, twice, or one over the whole width."""
        half = self.sheet.room / 2
        cells = []
        for place, item in enumerate(items):
            left, whole = self.sheet.left + place * half, half if len(items) > 1 else 2 * half
            cells.append(_Cell(left, half * _LABEL, item.label, shaded=True))
            cells.append(_Cell(left + half * _LABEL, whole - half * _LABEL, item.text))
        return cells

    def _columns(self, table: Table, texts: Sequence[str], *, shaded: bool = False) -> list[_Cell]:
        lefts = [self.sheet.left + self.sheet.room * sum(table.shares[:at]) for at in range(len(texts))]
        return [
            _Cell(left, self.sheet.room * share, text, shaded)
            for left, share, text in zip(lefts, table.shares, texts, strict=True)
        ]

    def _lay_row(self, cells: list[_Cell], heads: list[_Cell] | None = None) -> None:
        """Draw a row; what does not fit on the page goes on at the top of the next, below `heads`."""
        lines = [self._face.wrap(cell.text, cell.width - 2 * _PAD_X) for cell in cells]
        left = max(map(len, lines))
        while left:
            fitting = int((self.sheet.bottom - self._y - 2 * _PAD_Y) / self._face.height)
            if fitting < min(left, 2):
                self._turn()
                if heads:
                    self._lay_row(heads)
                continue
            taken = min(left, fitting)
            self._draw(cells, [each[:taken] for each in lines], taken)
            lines = [each[taken:] for each in lines]
            left -= taken

    def _draw(self, cells: list[_Cell], lines: list[list[str]], count: int) -> None:
        top, height = self._y, count * self._face.height + 2 * _PAD_Y
        for cell in cells:
            if cell.shaded:
                self._put(Box(cell.x, top, cell.width, height, TINT))
        for cell, texts in zip(cells, lines, strict=True):
            for at, text in enumerate(texts):
                y = top + _PAD_Y + at * self._face.height + self._face.ascent
                self._put(Text(cell.x + _PAD_X, y, text, self._face, GREY if cell.shaded else BLACK))
        right = cells[-1].x + cells[-1].width
        for y in (top, top + height):
            self._put(Line(self.sheet.left, y, right, y, RULE))
        for x in (*(cell.x for cell in cells), right):
            self._put(Line(x, top, x, top + height, RULE))
        self._y = top + height

    def _turn(self) -> None:
        self._laid.append([])
        self._y = self.sheet.top

    def _put(self, mark: Mark) -> None:
        self._laid[-1].append(mark)

    def _line_height(self) -> float:
        return self._face.height + 2 * _PAD_Y


def _pairs(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The items in rows: two narrow ones or a wide one."""
    row: list[Item] = []
    for item in items:
        if row and (item.wide or len(row) == 2):
            yield row
            row = []
        row.append(item)
        if item.wide:
            yield row
            row = []
    if row:
        yield row
