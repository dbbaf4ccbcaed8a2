"""A document laid out on pages as the office files it, each copy for itself."""

from __future__ import annotations

from collections.abc import Sequence

from logistics_desktop.features.documents.printed import Head, Printed, Signed
from logistics_desktop.features.labels.design import Symbology
from logistics_desktop.features.labels.symbologies import encode
from logistics_desktop.i18n import N_, _
from ui.paper.face import POINT, Face, printable
from ui.paper.ruled import PAD_Y, Cell, RuledPages
from ui.paper.sheet import GREY, MILLIMETRE, RULE, Code, Line, Mark, Sheet, Text

_TITLE, _USUAL, _SMALL = 16.0, 9.0, 7.5  # points
_PAD_X = 2.5 * POINT
_GAP = 6 * POINT
_LABEL = 0.3  # of a pair of label and value
_CODE = 17 * MILLIMETRE
_QUIET = 3 * MILLIMETRE  # four modules, without which a code is hard to read
_SIGN_HIGH = 13 * MILLIMETRE
_ACROSS = 4  # boxes for signatures in a row; three on small paper
_SMALL_PAPER = 150 * MILLIMETRE
_FOOT_DOWN = 4 * MILLIMETRE
_NUMBER_SHARE = 6  # the column of the lines' own numbers, compared with the others


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
        below_copy = self._face.height + PAD_Y
        self._pages = RuledPages(sheet, self._face, _PAD_X, below_copy)
        self._lay_head()
        self._lay_fields()
        self._lay_lines()
        self._lay_signatures()
        self._lay_footer()

    @property
    def laid(self) -> Sequence[Sequence[Mark]]:
        """What is on each page."""
        return self._pages.laid

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
        top = self._pages.y
        room = sheet.room - 2 * (_CODE + _GAP)
        for line in title.wrap(printable(self._printed.title), room, 2):
            self._pages.put(
                Text(sheet.left + (sheet.room - title.width(line)) / 2, self._pages.y + title.ascent, line, title)
            )
            self._pages.y += title.height
        right = sheet.right
        if self._printed.code:
            right -= _CODE + _GAP
            self._pages.put(Code(sheet.right - _CODE, top, _CODE, encode(Symbology.QR, self._printed.code).rows))
            self._pages.y = max(self._pages.y, top + _CODE + _QUIET - self._face.height - PAD_Y)
        number = _(N_("No. {number}"), number=self._printed.number) if self._printed.number else ""
        for text in filter(None, (number, self._printed.state)):
            self._pages.put(Text(right - self._face.width(text), self._pages.y + self._face.ascent, text, self._face))
            right -= self._face.width(text) + _GAP
        self._pages.y += self._face.height + PAD_Y

    def _lay_fields(self) -> None:
        self._pages.lay_form(self._printed.fields, _LABEL)
        self._pages.y += _GAP

    def _lay_lines(self) -> None:
        heads = (Head(_(N_("No.")), _NUMBER_SHARE, right=True), *self._printed.heads)
        top = self._cells(heads, [head.label for head in heads], shaded=True)
        self._pages.lay_row(top)
        for number, texts in enumerate(self._printed.lines, 1):
            self._pages.lay_row(self._cells(heads, [str(number), *texts]), top)
        for _number in range(len(self._printed.lines), self._printed.layout.empty_lines):
            self._pages.lay_row(self._cells(heads, [""] * len(heads)), top)
        if self._printed.sums:
            self._pages.lay_row(self._cells(heads, [_(N_("Sum")), *self._printed.sums], shaded=True), top)
        self._pages.y += _GAP

    def _lay_signatures(self) -> None:
        boxes = list(self._printed.signatures)
        across = min(_ACROSS if self._sheet.room > _SMALL_PAPER else _ACROSS - 1, max(len(boxes), 1))
        for first in range(0, len(boxes), across):
            if self._pages.y + _SIGN_HIGH > self._sheet.bottom:
                self._pages.turn()
            self._draw_boxes(boxes[first : first + across], self._sheet.room / across)
        self._pages.y += _GAP

    def _draw_boxes(self, boxes: Sequence[Signed], width: float) -> None:
        top, bottom = self._pages.y, self._pages.y + _SIGN_HIGH
        for at, box in enumerate(boxes):
            left = self._sheet.left + at * width
            room = width - 2 * _PAD_X
            label = self._small.wrap(printable(box.label), room, 1)[0]
            self._pages.put(Text(left + _PAD_X, top + PAD_Y + self._small.ascent, label, self._small, GREY))
            name = self._face.wrap(printable(box.name), room, 1)[0]
            self._pages.put(Text(left + _PAD_X, top + PAD_Y + self._small.height + self._face.ascent, name, self._face))
            if box.at is not None:
                said = f"{box.at.astimezone():%Y-%m-%d %H:%M}"
                x = left + width - _PAD_X - self._small.width(said)
                self._pages.put(
                    Text(x, bottom - PAD_Y - self._small.height + self._small.ascent, said, self._small, GREY)
                )
            for x in (left, left + width):
                self._pages.put(Line(x, top, x, bottom, RULE))
        for y in (top, bottom):
            self._pages.put(Line(self._sheet.left, y, self._sheet.left + len(boxes) * width, y, RULE))
        self._pages.y = bottom

    def _lay_footer(self) -> None:
        for line in self._small.wrap(printable(self._printed.layout.footer), self._sheet.room):
            if not line:
                continue
            if self._pages.y + self._small.height > self._sheet.bottom:
                self._pages.turn()
            self._pages.put(Text(self._sheet.left, self._pages.y + self._small.ascent, line, self._small, GREY))
            self._pages.y += self._small.height

    def _cells(self, heads: Sequence[Head], texts: Sequence[str], *, shaded: bool = False) -> list[Cell]:
        share = self._sheet.room / sum(head.width for head in heads)
        left, cells = self._sheet.left, []
        for head, text in zip(heads, texts, strict=True):
            cells.append(Cell(left, head.width * share, text, shaded, head.right))
            left += head.width * share
        return cells
