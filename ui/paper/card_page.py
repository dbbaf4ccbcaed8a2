"""A card laid out on pages: a form with ruled cells, section by section, then files and history."""

from __future__ import annotations

from collections.abc import Sequence

from ui.paper.card import Card, Section, Table
from ui.paper.face import POINT, Face
from ui.paper.foot import foot
from ui.paper.ruled import PAD_Y, Cell, RuledPages
from ui.paper.sheet import GREY, Mark, Sheet, Text

_KIND, _NAME, _SECTION, _USUAL = 9.0, 16.0, 10.5, 9.0  # points
_PAD_X = 3 * POINT
_GAP = 7 * POINT
_LABEL = 0.34  # of a pair of label and value
_CODE_ROOM = 0.2  # of the width, right of the name, free for a label to be stuck on


class CardPrintout:
    """The pages of a card; there are few, so all are laid out at once."""

    def __init__(self, card: Card, sheet: Sheet) -> None:
        self._card = card
        self.sheet = sheet
        self.title = f"{card.kind} {card.name}".replace("\n", " ")
        self._face, self._section_face = Face(_USUAL), Face(_SECTION)
        self._pages = RuledPages(sheet, self._face, _PAD_X)
        self._lay_head()
        for section in card.sections:
            self._lay_section(section)
        for table in card.tables:
            self._lay_table(table)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._pages.laid)

    def page(self, number: int) -> Sequence[Mark]:
        """Everything on a page; the first is 0."""
        return self._pages.laid[number] + foot(self.sheet, self.title, self._card.by, self._card.at, number, self.pages)

    def _lay_head(self) -> None:
        kind, name = Face(_KIND), Face(_NAME)
        self._pages.put(Text(self.sheet.left, self._pages.y + kind.ascent, self._card.kind, kind, GREY))
        self._pages.y += kind.height
        for line in name.wrap(self._card.name, self.sheet.room * (1 - _CODE_ROOM), 3):
            self._pages.put(Text(self.sheet.left, self._pages.y + name.ascent, line, name))
            self._pages.y += name.height
        self._pages.y += _GAP

    def _lay_section(self, section: Section) -> None:
        if section.title:
            self._lay_title(section.title)
        self._pages.lay_form(section.items, _LABEL)
        self._pages.y += _GAP

    def _lay_table(self, table: Table) -> None:
        self._lay_title(table.title)
        heads = self._columns(table, table.headings, shaded=True)
        self._pages.lay_row(heads)
        for texts in table.rows:
            self._pages.lay_row(self._columns(table, texts), heads)
        self._pages.y += _GAP

    def _lay_title(self, title: str) -> None:
        """Write the title of a section, on the page of its first row."""
        if self._pages.y + self._section_face.height + 3 * self._line_height() > self.sheet.bottom:
            self._pages.turn()
        self._pages.put(Text(self.sheet.left, self._pages.y + self._section_face.ascent, title, self._section_face))
        self._pages.y += self._section_face.height + PAD_Y

    def _columns(self, table: Table, texts: Sequence[str], *, shaded: bool = False) -> list[Cell]:
        lefts = [self.sheet.left + self.sheet.room * sum(table.shares[:at]) for at in range(len(texts))]
        return [
            Cell(left, self.sheet.room * share, text, shaded)
            for left, share, text in zip(lefts, table.shares, texts, strict=True)
        ]

    def _line_height(self) -> float:
        return self._face.height + 2 * PAD_Y
