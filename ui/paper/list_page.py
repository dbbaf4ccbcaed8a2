"""A list laid out on pages: titles on every page, rows that do not break, sums at the end.

Only where each page begins is kept; the rows of a page are read from the spool when the page is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.paper.columns import fit
from ui.paper.face import POINT, Face
from ui.paper.foot import foot
from ui.paper.listing import Listing
from ui.paper.sheet import BLACK, GREY, RULE, SHADE, TINT, Box, Line, Mark, Sheet, Text
from ui.paper.spool import GROUP, ROW, SUM, Entry

_PAD_X, _PAD_Y = 2.5 * POINT, 1.6 * POINT
_TITLE, _TOLD = 15.0, 8.5  # points
_AFTER_HEAD = 5 * POINT
_MOST_LINES = 12  # of one cell; the card of the record shows all
_STEP = 500  # rows between two reports


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a page begins in the spool, and how many entries are on it."""

    place: int
    count: int


def _kept(kinds: list[str], coming: str) -> int:
    """How many entries stay on a page that has no room for the one to come.

    Sums take the row above them along, and what goes on takes its heading along, unless nothing would be left.
    """
    keep = len(kinds)
    if coming == SUM and kinds[-1] == ROW:
        keep -= 1
    while keep and kinds[keep - 1] == GROUP:
        keep -= 1
    return keep or len(kinds)


class ListPrintout:
    """The pages of a list. Made in a worker: finding the page breaks looks at every row."""

    def __init__(self, listing: Listing, sheet: Sheet, job: Job) -> None:
        """Raises Cancelled, and `UserError` if the columns do not fit on the sheet."""
        self._listing = listing
        self.sheet = sheet
        self.title = listing.title
        fitted = fit([heading.need for heading in listing.headings], sheet.room, 2 * _PAD_X)
        self._face = Face(fitted.points)
        self._title_face, self._told_face = Face(_TITLE), Face(_TOLD)
        self._widths = fitted.widths
        self._lefts = [sheet.left + sum(fitted.widths[:at]) for at in range(len(fitted.widths))]
        self._titles = [
            self._face.wrap(heading.label, width - 2 * _PAD_X)
            for heading, width in zip(listing.headings, fitted.widths, strict=True)
        ]
        self._titles_height = self._height_of(self._titles)
        self._told = [line for text in listing.told for line in self._told_face.wrap(text, sheet.room)]
        self._head_height = self._title_face.height + len(self._told) * self._told_face.height + _AFTER_HEAD
        self._starts = self._break_pages(job)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._starts)

    @property
    def points(self) -> float:
        """The size of the letters."""
        return self._face.points

    def page(self, number: int) -> Sequence[Mark]:
        """Everything on a page; the first is 0."""
        start = self._starts[number]
        marks = self._head() if number == 0 else []
        y = self._top(number) - self._titles_height
        marks += self._title_row(y)
        y += self._titles_height
        for _place, entry in self._listing.spool.read(start.place, start.count):
            cells = self._cells(entry)
            height = self._entry_height(entry, cells)
            marks += self._draw(entry, cells, y, height)
            y += height
        return marks + foot(self.sheet, self.title, self._listing.by, self._listing.at, number, self.pages)

    def _top(self, page: int) -> float:
        """Where the rows begin."""
        return self.sheet.top + self._titles_height + (0 if page else self._head_height)

    def _break_pages(self, job: Job) -> list[_Start]:
        spool, starts = self._listing.spool, list[_Start]()
        begin = place = done = 0  # where the page and the entry begin
        page: list[tuple[int, float, str]] = []  # where the entries of the page begin, their heights and kinds
        y = self._top(0)
        for after, entry in spool.read():
            height = self._entry_height(entry, self._cells(entry))
            if page and y + height > self.sheet.bottom:
                keep = _kept([kind for _place, _height, kind in page], entry.kind)
                starts.append(_Start(begin, keep))
                page = page[keep:]
                begin = page[0][0] if page else place
                y = self._top(len(starts)) + sum(high for _place, high, _kind in page)
            page.append((place, height, entry.kind))
            y, place, done = y + height, after, done + 1
            if not done % _STEP:
                job.progress(done, spool.count, _(N_("Laying out the pages")))
        return [*starts, _Start(begin, len(page))]

    def _cells(self, entry: Entry) -> list[list[str]]:
        """The lines of every cell; of sums, the words that stand before them come first."""
        if entry.kind == GROUP:
            return [self._face.wrap(entry.texts[0], self.sheet.room - 2 * _PAD_X, _MOST_LINES)]
        if entry.kind == SUM:
            return [[text] for text in entry.texts]
        return [
            self._face.wrap(text, width - 2 * _PAD_X, _MOST_LINES) if text else []
            for text, width in zip(entry.texts, self._widths, strict=True)
        ]

    def _entry_height(self, entry: Entry, cells: list[list[str]]) -> float:
        if entry.kind == SUM:
            return self._line_height() * (1 if self._words_fit(entry) else 2)
        return self._height_of(cells)

    def _height_of(self, cells: list[list[str]]) -> float:
        return max([1, *map(len, cells)]) * self._face.height + 2 * _PAD_Y

    def _line_height(self) -> float:
        return self._face.height + 2 * _PAD_Y

    def _words_fit(self, entry: Entry) -> bool:
        """Whether the words before the sums end before the first sum begins."""
        first = next((at for at, text in enumerate(entry.texts[1:]) if text), None)
        if first is None:
            return True
        right = self._lefts[first] + self._widths[first] - _PAD_X - self._face.width(entry.texts[1 + first])
        return self.sheet.left + 2 * _PAD_X + self._face.width(entry.texts[0]) < right

    def _head(self) -> list[Mark]:
        y = self.sheet.top
        marks: list[Mark] = [Text(self.sheet.left, y + self._title_face.ascent, self.title, self._title_face)]
        y += self._title_face.height
        for line in self._told:
            marks.append(Text(self.sheet.left, y + self._told_face.ascent, line, self._told_face, GREY))
            y += self._told_face.height
        return marks

    def _title_row(self, y: float) -> list[Mark]:
        marks: list[Mark] = [Box(self.sheet.left, y, self.sheet.room, self._titles_height)]
        marks += self._row(self._titles, y)
        return [*marks, self._rule(y + self._titles_height, BLACK)]

    def _draw(self, entry: Entry, cells: list[list[str]], y: float, height: float) -> list[Mark]:
        if entry.kind == GROUP:
            shaded = Box(self.sheet.left, y, self.sheet.room, height, SHADE)
            return [shaded, *self._lines(cells[0], self.sheet.left + _PAD_X, y), self._rule(y + height)]
        if entry.kind == SUM:
            shaded = Box(self.sheet.left, y, self.sheet.room, height, TINT)
            words = self._lines(cells[0], self.sheet.left + _PAD_X, y)
            below = y + height - self._line_height()
            return [shaded, self._rule(y, BLACK), *words, *self._row(cells[1:], below), self._rule(y + height, BLACK)]
        return [*self._row(cells, y), self._rule(y + height)]

    def _row(self, cells: list[list[str]], y: float) -> list[Mark]:
        marks: list[Mark] = []
        for lines, left, width, heading in zip(cells, self._lefts, self._widths, self._listing.headings, strict=True):
            if heading.right:
                right = left + width - _PAD_X
                for at, line in enumerate(lines):
                    marks += self._lines([line], right - self._face.width(line), y + at * self._face.height)
            else:
                marks += self._lines(lines, left + _PAD_X, y)
        return marks

    def _lines(self, lines: list[str], x: float, y: float) -> list[Mark]:
        top, face = y + _PAD_Y + self._face.ascent, self._face
        return [Text(x, top + at * face.height, line, face) for at, line in enumerate(lines) if line]

    def _rule(self, y: float, colour: str = RULE) -> Line:
        return Line(self.sheet.left, y, self.sheet.right, y, colour)
