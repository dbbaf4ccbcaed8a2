"""A document laid out on pages as the office files it, each copy for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from logistics_desktop.features.documents.printed import Head, Printed, Said, Signed
from logistics_desktop.features.labels.design import Symbology
from logistics_desktop.features.labels.symbologies import encode
from logistics_desktop.i18n import N_, _
from ui.paper.face import POINT, Face, printable
from ui.paper.sheet import BLACK, GREY, MILLIMETRE, RULE, TINT, Box, Code, Line, Mark, Sheet, Text

_TITLE, _USUAL, _SMALL = 16.0, 9.0, 7.5  # points
_PAD_X, _PAD_Y = 2.5 * POINT, 2.2 * POINT
_GAP = 6 * POINT
_LABEL = 0.3  # of a pair of label and value
_CODE = 17 * MILLIMETRE
_QUIET = 3 * MILLIMETRE  # four modules, without which a code is hard to read
_SIGN_HIGH = 13 * MILLIMETRE
_ACROSS = 4  # boxes for signatures in a row; three on small paper
_SMALL_PAPER = 150 * MILLIMETRE
_FOOT_DOWN = 4 * MILLIMETRE
_NUMBER_SHARE = 6  # the column of the lines' own numbers, compared with the others


@dataclass(frozen=True, slots=True)
class _Cell:
    """A part of a row: its left edge, its width and its text."""

    x: float
    width: float
    text: str
    shaded: bool = False
    right: bool = False


class DocumentPrintout:
    """The pages of a document, once for each of `copies`; without copies once. Pages are counted in each copy."""

    def __init__(self, printed: Printed, copies: Sequence[str]) -> None:
        layout = printed.layout
        self.sheet = Sheet(layout.landscape, layout.paper)
        self.title = f"{printed.title} {printed.number}".strip()
        self._copies = tuple(copies) or ("",)
        self._one = _OneCopy(printed, self.sheet)

    @property
    def pages(self) -> int:
        """How many pages there are, all copies together."""
        return len(self._copies) * len(self._one.laid)

    def page(self, number: int) -> Sequence[Mark]:
        """Everything on a page; the first is 0."""
        copy, page = divmod(number, len(self._one.laid))
        return [*self._one.laid[page], *self._one.margin(self._copies[copy], page)]


class _OneCopy:
    """The pages without what differs from copy to copy."""

    def __init__(self, printed: Printed, sheet: Sheet) -> None:
        self._printed = printed
        self._sheet = sheet
        self._face = Face(_USUAL)
        self._small = Face(_SMALL)
        self.laid: list[list[Mark]] = [[]]
        self._y = sheet.top
        self._lay_head()
        self._lay_fields()
        self._lay_lines()
        self._lay_signatures()
        self._lay_footer()

    def margin(self, copy: str, page: int) -> list[Mark]:
        """The copy's name above, the number and the count of pages below."""
        sheet, small = self._sheet, self._small
        said = [self._printed.number, self._printed.state]
        count = _(N_("Page {number} of {pages}"), number=page + 1, pages=len(self.laid))
        y = sheet.bottom + _FOOT_DOWN
        marks: list[Mark] = [
            Text(sheet.left, y, " · ".join(filter(None, said)), small, GREY),
            Text(sheet.right - small.width(count), y, count, small, GREY),
        ]
        if copy:
            name = small.wrap(copy, sheet.room / 3, most=1)[0]
            marks.append(Text(sheet.left + (sheet.room - small.width(name)) / 2, y, name, small))
            top = self._face.wrap(copy, sheet.room / 4, most=1)[0]
            marks.append(Text(sheet.left, sheet.top + self._face.ascent, top, self._face))
        return marks

    def _lay_head(self) -> None:
        sheet, title = self._sheet, Face(_TITLE)
        top = self._y
        room = sheet.room - 2 * (_CODE + _GAP)
        for line in title.wrap(printable(self._printed.title), room, 2):
            self._put(Text(sheet.left + (sheet.room - title.width(line)) / 2, self._y + title.ascent, line, title))
            self._y += title.height
        right = sheet.right
        if self._printed.code:
            right -= _CODE + _GAP
            self._put(Code(sheet.right - _CODE, top, _CODE, encode(Symbology.QR, self._printed.code).rows))
            self._y = max(self._y, top + _CODE + _QUIET - self._face.height - _PAD_Y)
        number = _(N_("No. {number}"), number=self._printed.number) if self._printed.number else ""
        for text in filter(None, (number, self._printed.state)):
            self._put(Text(right - self._face.width(text), self._y + self._face.ascent, text, self._face))
            right -= self._face.width(text) + _GAP
        self._y += self._face.height + _PAD_Y

    def _lay_fields(self) -> None:
        for row in _pairs(self._printed.fields):
            half = self._sheet.room / 2
            cells = []
            for at, said in enumerate(row):
                left, whole = self._sheet.left + at * half, half if len(row) > 1 else 2 * half
                cells.append(_Cell(left, half * _LABEL, said.label, shaded=True))
                cells.append(_Cell(left + half * _LABEL, whole - half * _LABEL, said.text))
            self._lay_row(cells)
        self._y += _GAP

    def _lay_lines(self) -> None:
        heads = (Head(_(N_("No.")), _NUMBER_SHARE, right=True), *self._printed.heads)
        top = self._cells(heads, [head.label for head in heads], shaded=True)
        self._lay_row(top)
        for number, texts in enumerate(self._printed.lines, 1):
            self._lay_row(self._cells(heads, [str(number), *texts]), top)
        for _number in range(len(self._printed.lines), self._printed.layout.empty_lines):
            self._lay_row(self._cells(heads, [""] * len(heads)), top)
        if self._printed.sums:
            self._lay_row(self._cells(heads, [_(N_("Sum")), *self._printed.sums], shaded=True), top)
        self._y += _GAP

    def _lay_signatures(self) -> None:
        boxes = list(self._printed.signatures)
        across = min(_ACROSS if self._sheet.room > _SMALL_PAPER else _ACROSS - 1, max(len(boxes), 1))
        for first in range(0, len(boxes), across):
            if self._y + _SIGN_HIGH > self._sheet.bottom:
                self._turn()
            self._draw_boxes(boxes[first : first + across], self._sheet.room / across)
        self._y += _GAP

    def _draw_boxes(self, boxes: Sequence[Signed], width: float) -> None:
        top, bottom = self._y, self._y + _SIGN_HIGH
        for at, box in enumerate(boxes):
            left = self._sheet.left + at * width
            room = width - 2 * _PAD_X
            label = self._small.wrap(printable(box.label), room, 1)[0]
            self._put(Text(left + _PAD_X, top + _PAD_Y + self._small.ascent, label, self._small, GREY))
            name = self._face.wrap(printable(box.name), room, 1)[0]
            self._put(Text(left + _PAD_X, top + _PAD_Y + self._small.height + self._face.ascent, name, self._face))
            if box.at is not None:
                said = f"{box.at.astimezone():%Y-%m-%d %H:%M}"
                x = left + width - _PAD_X - self._small.width(said)
                self._put(Text(x, bottom - _PAD_Y - self._small.height + self._small.ascent, said, self._small, GREY))
            for x in (left, left + width):
                self._put(Line(x, top, x, bottom, RULE))
        for y in (top, bottom):
            self._put(Line(self._sheet.left, y, self._sheet.left + len(boxes) * width, y, RULE))
        self._y = bottom

    def _lay_footer(self) -> None:
        for line in self._small.wrap(printable(self._printed.layout.footer), self._sheet.room):
            if not line:
                continue
            if self._y + self._small.height > self._sheet.bottom:
                self._turn()
            self._put(Text(self._sheet.left, self._y + self._small.ascent, line, self._small, GREY))
            self._y += self._small.height

    def _cells(self, heads: Sequence[Head], texts: Sequence[str], *, shaded: bool = False) -> list[_Cell]:
        share = self._sheet.room / sum(head.width for head in heads)
        left, cells = self._sheet.left, []
        for head, text in zip(heads, texts, strict=True):
            cells.append(_Cell(left, head.width * share, text, shaded, head.right))
            left += head.width * share
        return cells

    def _lay_row(self, cells: list[_Cell], heads: list[_Cell] | None = None) -> None:
        """Draw a row; what does not fit on the page goes on at the top of the next, below `heads`."""
        lines = [self._face.wrap(printable(cell.text), cell.width - 2 * _PAD_X) for cell in cells]
        left = max(map(len, lines))
        while left:
            fitting = int((self._sheet.bottom - self._y - 2 * _PAD_Y) / self._face.height)
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
                x = cell.x + cell.width - _PAD_X - self._face.width(text) if cell.right else cell.x + _PAD_X
                y = top + _PAD_Y + at * self._face.height + self._face.ascent
                self._put(Text(x, y, text, self._face, GREY if cell.shaded else BLACK))
        right = cells[-1].x + cells[-1].width
        for y in (top, top + height):
            self._put(Line(self._sheet.left, y, right, y, RULE))
        for x in (*(cell.x for cell in cells), right):
            self._put(Line(x, top, x, top + height, RULE))
        self._y = top + height

    def _turn(self) -> None:
        self.laid.append([])
        self._y = self._sheet.top + self._face.height + _PAD_Y  # below the name of the copy

    def _put(self, mark: Mark) -> None:
        self.laid[-1].append(mark)


def _pairs(said: Iterable[Said]) -> Iterator[list[Said]]:
    """The fields in rows: two narrow ones or a wide one."""
    row: list[Said] = []
    for one in said:
        if row and (one.wide or len(row) == 2):
            yield row
            row = []
        row.append(one)
        if one.wide:
            yield row
            row = []
    if row:
        yield row
