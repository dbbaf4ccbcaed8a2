"""Tab-separated text as spreadsheet programs put it on the clipboard and take it from there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet program takes for the beginning of a formula."""

_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")


def write_tsv(rows: Iterable[Sequence[str]]) -> str:
    """Give rows as text; cells with line breaks, tabs or quotes are quoted."""
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return out.getvalue()


def read_tsv(text: str) -> list[list[str]]:
    """Give the cells of a text by rows, all of one length; the end of the last line begins no row.

    Excel quotes a cell only where it holds a line break or a tab, so that quotes around anything else are part of the
    cell, unless there are doubled ones between them.
    """
    rows = _read_quoted(text) if '"' in text else [line.split("\t") for line in _LINE_END.split(text)]
    if rows[-1] == [""]:
        rows.pop()
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula, marked as text the way spreadsheets do."""
    return f"'{text}" if len(text) > 1 and text.startswith(FORMULA) else text


def unmarked(text: str) -> str:
    """The same without the mark."""
    return text[1:] if text[:1] == "'" and len(text) > 2 and text[1:].startswith(FORMULA) else text


def _read_quoted(text: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        cell, at = _cell(text, at)
        rows[-1].append(cell)
        if at == len(text):
            return rows
        if text[at] == "\t":
            at += 1
        else:
            at += 2 if text.startswith("\r\n", at) else 1
            rows.append([])


def _cell(text: str, at: int) -> tuple[str, int]:
    quoted = _QUOTED.match(text, at) if text.startswith('"', at) else None
    if quoted is not None:
        inside = quoted[1]
        if not inside or '""' in inside or "\t" in inside or _LINE_END.search(inside):
            return inside.replace('""', '"'), quoted.end()
    plain = _PLAIN.match(text, at)
    assert plain is not None
    return plain[0], plain.end()
