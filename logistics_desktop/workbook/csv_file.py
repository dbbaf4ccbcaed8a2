"""Text tables: which encoding, which separator, which line ends."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.workbook.cells import Raw
from logistics_desktop.workbook.raw_sheet import RawSheet

DELIMITERS = (",", "\t", ";", "|")
MAX_CELLS = 4_000_000
MAX_COLUMNS = 500
MAX_FIELD = 1_000_000

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_GUARDED = tuple("=+-@\t\r\n＝＋－＠")


def read_csv(path: Path) -> RawSheet:
    """The file's rows, all cells as text. Raises UserError where it is no text table."""
    text = decode(path.read_bytes())
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        rows = _rows(rest, first[4])
    else:
        rows = _rows(text, sniff_delimiter(text))
    width = max(map(len, rows), default=0)
    if width > MAX_COLUMNS or width * len(rows) > MAX_CELLS:
        raise UserError(
            N_("The file has {rows} rows of {columns} columns. Up to {most} columns and {cells} cells can be read."),
            rows=len(rows),
            columns=width,
            most=MAX_COLUMNS,
            cells=f"{MAX_CELLS:,}",
        )
    return RawSheet(path.stem, [[*map(_plain, row), *[""] * (width - len(row))] for row in rows])


def decode(data: bytes) -> str:
    """Text from UTF-8 or UTF-16 with their marks, plain UTF-8, or GB18030; every kind of line end becomes "\\n"."""
    encoding = encoding_of(data)
    text = data.decode(encoding)
    if "\x00" in text:
        raise UserError(N_("The file is neither a workbook nor a text table."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(data: bytes) -> str:
    """The encoding of a text table, as Python names it. Raises UserError where none fits."""
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UserError(N_("The file is no text in UTF-8 or GB18030. Save it in Excel as .xlsx, and try again."))


def sniff_delimiter(text: str) -> str:
    """The separator that parts the first lines into the most columns, the same number in most lines."""
    sample = text[:65536].splitlines()[:60]

    def fit(delimiter: str) -> int:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if len(row) > 1)
        return max((count * (width - 1) for width, count in widths.items()), default=0)

    return max(DELIMITERS, key=fit)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error:
        raise UserError(
            N_(
                "The text table is broken at line {line}: a quotation mark is not closed, "
                "or a cell has more than {limit} characters."
            ),
            line=reader.line_num,
            limit=f"{MAX_FIELD:,}",
        ) from None


def _plain(text: str) -> Raw:
    """A cell without what keeps spreadsheet programs from changing it: ="001" and '=1+1."""
    if text[:2] == '="' and text[-1] == '"' and len(text) > 2:
        return text[2:-1]
    return text[1:] if text[:1] == "'" and text[1:].startswith(_GUARDED) else text
