"""Refused rows returned in the user's own file: their workbook with one column that says what is wrong.

The import assistant knows the column by its header (`PROBLEM_HEADERS`) and leaves it out when the corrected file comes
back; a second round writes into the same column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _, in_every_language
from logistics_desktop.workbook.annotate_csv import annotate_csv
from logistics_desktop.workbook.annotate_xls import annotate_xls
from logistics_desktop.workbook.parts import Edit, Parts, parts_of, replaced_by, rewrite
from logistics_desktop.workbook.saving import replacing
from logistics_desktop.workbook.sheet_edit import NewColumn, put_column
from logistics_desktop.workbook.sheet_layout import LAST_COLUMN, Layout, scan
from logistics_desktop.workbook.styles import Styles

PROBLEMS = N_("Import problems")
"""The header of the added column."""

PROBLEM_HEADERS = frozenset({"Import problems", "导入问题"})
"""The same in every language of the program."""

_WIDTH = 48.0
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Annotated:
    """Where the file is; `converted` where it is no longer in the format it came in (.xls became .xlsx)."""

    path: Path
    converted: bool


def annotate(
    source: Path, target: Path, sheet: str, header_row: int, problems: Mapping[int, str], heading: str = PROBLEMS
) -> Annotated:
    """Copy the file `source` to `target` with `problems`, texts by row number from 1, in one more column of `sheet`.

    `heading` is the message id of its header; a column that an earlier round added under it is written anew.

    An .xlsx keeps every byte but those of the new cells and their style. A .csv keeps its encoding, delimiter and line
    ends; its rows are counted as records. An .xls comes back as .xlsx with values and no formatting, as nothing
    maintained writes .xls; `target` then gets the suffix .xlsx. The kind is told by the content. Raises `UserError`
    where the file cannot be written or has no room for a column.
    """
    headers = frozenset(in_every_language(heading))
    cells = {header_row: _(heading), **problems}
    with source.open("rb") as file:
        start = file.read(len(_OLE))
    if start == _OLE:
        target = target.with_suffix(".xlsx")
        with replacing(target) as draft:
            annotate_xls(source, draft, sheet, header_row, cells, headers)
        return Annotated(target, converted=True)
    with replacing(target) as draft:
        if start.startswith(_ZIP):
            _annotate_xlsx(source, draft, sheet, header_row, cells, headers)
        else:
            annotate_csv(source, draft, header_row, cells, headers)
    return Annotated(target, converted=False)


def _annotate_xlsx(
    source: Path, target: Path, sheet: str, header_row: int, cells: Mapping[int, str], headers: frozenset[str]
) -> None:
    parts = parts_of(source, sheet)
    with ZipFile(source) as archive:
        with archive.open(parts.sheet) as part:
            layout = scan(part, header_row)
        older = _problem_column(archive, parts, layout, headers)
        styles = Styles(archive.read(parts.styles)) if parts.styles else None
    column = older or layout.free_column(cells)
    if column > LAST_COLUMN:
        raise UserError(
            N_("Sheet {sheet} has no free column for the problems. Delete a column and try again."), sheet=sheet
        )
    new = NewColumn(column, cells, styles.add_warning() if styles else None, _WIDTH, header_row if older else None)
    edits: dict[str, Edit] = {parts.sheet: lambda incoming, outgoing: put_column(incoming, outgoing, new)}
    if parts.styles and styles:
        edits[parts.styles] = replaced_by(styles.part())
    rewrite(source, target, edits)


def _problem_column(archive: ZipFile, parts: Parts, layout: Layout, headers: frozenset[str]) -> int | None:
    """Find the column that an earlier round added."""
    wanted = {int(text) for shared, text in layout.header.values() if shared and text.isdecimal()}
    strings = _shared_strings(archive, parts.shared_strings, wanted) if parts.shared_strings and wanted else {}
    for column, (shared, text) in layout.header.items():
        header = strings.get(int(text), "") if shared and text.isdecimal() else text
        if header.strip() in headers:
            return column
    return None


def _shared_strings(archive: ZipFile, part: str, wanted: set[int]) -> dict[int, str]:
    """Read the shared strings with the numbers `wanted`, without keeping the others."""
    found: dict[int, str] = {}
    number = 0
    with archive.open(part) as file:
        for _event, element in iterparse(file):
            if element.tag.endswith("}si"):
                if number in wanted:
                    found[number] = _plain_text(element)
                element.clear()
                number += 1
    return found


def _plain_text(element: Element) -> str:
    return "".join(part.text or "" for part in element.iter() if part.tag.endswith("}t"))
