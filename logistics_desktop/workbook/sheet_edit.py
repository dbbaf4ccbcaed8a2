"""One column written into the XML of a sheet, every other byte as it was.

A workbook loaded and saved again by a library loses what the library does not know (charts, slicers, extensions). So
the sheet is read as a stream with expat, which tells the byte at which each element begins; the bytes between the
places that change are copied.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from logistics_desktop.workbook.sheet_layout import Position, area

_CHUNK = 1 << 16
_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_SPANS = re.compile(rb"""\sspans\s*=\s*("[^"]*"|'[^']*')""")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 8_000
"""Characters of one message; far below what a cell holds, far above what anybody reads."""


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column to be put into a sheet.

    `cells` maps row numbers to texts, the header among them. `emptied_from` is the row from which on older cells of
    this column go, None where the column is new; a new column also gets `width`, in characters.
    """

    column: int
    cells: Mapping[int, str]
    style: int | None
    width: float
    emptied_from: int | None


def put_column(incoming: IO[bytes], outgoing: IO[bytes], new: NewColumn) -> None:
    """Copy a sheet part with a column put in. Raises `ValueError` if the sheet has no such row."""
    editor = _Editor(outgoing, new)
    while chunk := incoming.read(_CHUNK):
        editor.feed(chunk)
    editor.close()


class _Copy:
    """The bytes of the part on their way from `incoming` to `outgoing`."""

    def __init__(self, outgoing: IO[bytes]) -> None:
        self._outgoing = outgoing
        self._waiting = bytearray()
        self._from = 0

    def add(self, chunk: bytes) -> None:
        self._waiting += chunk

    def copy_to(self, offset: int) -> None:
        """Copy the bytes before `offset`, those which have not been copied or dropped yet."""
        self._outgoing.write(self._waiting[: max(offset - self._from, 0)])
        self.drop_to(offset)

    def drop_to(self, offset: int) -> None:
        """Leave out the bytes before `offset`."""
        if offset > self._from:
            del self._waiting[: offset - self._from]
            self._from = offset

    def put(self, new: bytes) -> None:
        """Write something new."""
        self._outgoing.write(new)

    def tag(self, offset: int) -> bytes:
        """Give the tag that begins at `offset`."""
        found = _TAG.match(self._waiting, offset - self._from)
        assert found, "expat found a tag where there is none"
        return found[0]

    def close(self) -> None:
        self._outgoing.write(self._waiting)


class _Editor:
    def __init__(self, outgoing: IO[bytes], new: NewColumn) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._root
        self._copy = _Copy(outgoing)
        self._new = new
        self._missing = dict(new.cells)
        self._at = Position()
        self._prefix = ""
        self._cell_due = False
        self._width_due = new.emptied_from is None
        self._dropping = False

    def feed(self, chunk: bytes) -> None:
        self._copy.add(chunk)
        self._parser.Parse(chunk)
        if not self._dropping:
            self._copy.copy_to(self._parser.CurrentByteIndex)

    def close(self) -> None:
        self._parser.Parse(b"", True)
        self._copy.close()
        if self._missing:
            raise ValueError(f"the sheet has no rows {sorted(self._missing)}")

    def _root(self, name: str, _: dict[str, str]) -> None:
        self._prefix = name.removesuffix("worksheet")
        handlers = {
            "dimension": self._start_dimension,
            "cols": self._start_cols,
            "col": self._start_col,
            "sheetData": self._start_data,
            "row": self._start_row,
            "c": self._start_cell,
        }
        by_name = {self._prefix + local: handler for local, handler in handlers.items()}

        def start(name: str, attributes: dict[str, str]) -> None:
            if handler := by_name.get(name):
                handler(attributes)

        self._parser.StartElementHandler = start

    def _start_dimension(self, attributes: dict[str, str]) -> None:
        left, top, right, bottom = area(attributes["ref"])
        corner = f"{get_column_letter(max(right, self._new.column))}{bottom}"
        self._replace(_with(self._tag(), "ref", f"{get_column_letter(left)}{top}:{corner}"))

    def _start_cols(self, _: dict[str, str]) -> None:
        self._parser.EndElementHandler = self._end

    def _start_col(self, attributes: dict[str, str]) -> None:
        first, last, new = int(attributes["min"]), int(attributes["max"]), self._new.column
        if not self._width_due or last < new:
            return
        tag = self._tag()
        if first <= new:
            self._replace(_with(tag, "max", str(new - 1)) if first < new else b"")
        self._put_width()
        if first <= new < last:
            self._copy.put(_with(tag, "min", str(new + 1)))

    def _start_data(self, _: dict[str, str]) -> None:
        if self._width_due:
            self._copy.copy_to(self._parser.CurrentByteIndex)
            self._copy.put(f"<{self._prefix}cols>".encode())
            self._put_width()
            self._copy.put(f"</{self._prefix}cols>".encode())

    def _put_width(self) -> None:
        self._width_due = False
        self._copy.copy_to(self._parser.CurrentByteIndex)
        place = f'min="{self._new.column}" max="{self._new.column}"'
        self._copy.put(f'<{self._prefix}col {place} width="{self._new.width}" customWidth="1"/>'.encode())

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._at.at_row(attributes)
        self._cell_due = self._at.row in self._missing
        if not self._cell_due:
            return
        self._parser.EndElementHandler = self._end
        tag = _SPANS.sub(b"", self._tag())  # the row grows, and the hint may be left out
        if tag.endswith(b"/>"):
            self._replace(tag[:-2] + b">")
            self._put_cell()
            self._copy.put(f"</{self._prefix}row>".encode())
        else:
            self._replace(tag)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._at.at_cell(attributes)
        if self._cell_due and self._at.column > self._new.column:
            self._put_cell()
        elif self._at.column == self._new.column and (self._cell_due or self._is_emptied()):
            self._copy.copy_to(self._parser.CurrentByteIndex)
            self._dropping = not self._tag().endswith(b"/>")
            if self._dropping:
                self._parser.EndElementHandler = self._end
            else:
                self._replace(b"")

    def _is_emptied(self) -> bool:
        return self._new.emptied_from is not None and self._at.row >= self._new.emptied_from

    def _put_cell(self) -> None:
        self._cell_due = False
        self._copy.copy_to(self._parser.CurrentByteIndex)
        text = _NOT_XML.sub("\ufffd", self._missing.pop(self._at.row)[:_LONGEST])
        style = "" if self._new.style is None else f' s="{self._new.style}"'
        place = f"{get_column_letter(self._new.column)}{self._at.row}"
        p = self._prefix
        cell = f'<{p}c r="{place}"{style} t="inlineStr"><{p}is><{p}t>{escape(text)}</{p}t></{p}is></{p}c>'
        self._copy.put(cell.encode("ascii", "xmlcharrefreplace"))  # which every encoding understands

    def _end(self, name: str) -> None:
        """Hear of ends only where one matters: in columns, in rows that get a cell, in a cell that goes."""
        match name.removeprefix(self._prefix):
            case "cols":
                if self._width_due:
                    self._put_width()
                self._parser.EndElementHandler = None
            case "c" if self._dropping:
                self._dropping = False
                at = self._parser.CurrentByteIndex
                self._copy.drop_to(at + len(self._tag()))
            case "row":
                if self._cell_due:
                    self._put_cell()
                self._parser.EndElementHandler = None

    def _tag(self) -> bytes:
        """Give the tag at which the parser is."""
        return self._copy.tag(self._parser.CurrentByteIndex)

    def _replace(self, tag: bytes) -> None:
        at = self._parser.CurrentByteIndex
        end = at + len(self._tag())
        self._copy.copy_to(at)
        self._copy.drop_to(end)
        self._copy.put(tag)


def _with(tag: bytes, attribute: str, value: str) -> bytes:
    """Give `tag` with another value of an attribute that it has."""
    return re.sub(rb"""\b%s\s*=\s*("[^"]*"|'[^']*')""" % attribute.encode(), f'{attribute}="{value}"'.encode(), tag)
