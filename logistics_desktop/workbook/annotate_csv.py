"""A CSV file returned with one column that says what is wrong with its rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from logistics_desktop.workbook.csv_file import encoding_of, sniff_delimiter

_TOLD = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")


def annotate_csv(
    source: Path, target: Path, header_row: int, cells: Mapping[int, str], headers: Collection[str]
) -> None:
    """Copy `source` to `target` with `cells` (texts by record number from 1, the header's among them) in a last column,
    or in the column of the header row whose text is one of `headers`.

    Encoding, delimiter and line ends stay. Blank records count, and stay blank; a first line like "sep=;", which tells
    Excel the delimiter, stays and does not count.
    """
    content = source.read_bytes()
    encoding = encoding_of(content)
    text = content.decode(encoding)
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else sniff_delimiter(text)
    line_end = _LINE_END.search(text)
    records = list(_records(text, delimiter))
    header = records[header_row - 1]
    column = next((at for at, field in enumerate(header) if field.strip() in headers), None)
    place = max(map(len, records[header_row - 1 :])) if column is None else column
    written = io.StringIO(told[0] if told else "", newline="")
    written.seek(0, io.SEEK_END)
    writer = csv.writer(written, delimiter=delimiter, lineterminator=line_end[0] if line_end else "\r\n")
    for number, record in enumerate(records, 1):
        writer.writerow(_with(record, place, cells.get(number, "")) if record and number >= header_row else record)
    target.write_bytes(written.getvalue().encode(encoding))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _with(record: list[str], place: int, text: str) -> list[str]:
    padded = record + [""] * (place + 1 - len(record))
    return [*padded[:place], text, *padded[place + 1 :]]
