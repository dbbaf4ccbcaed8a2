"""What runs in the reading process: pass the gate, read, find the tables, hand the findings over piece by piece.

A hostile file can make a reader eat all memory or abort its process; here it takes only this process with it.
"""

from __future__ import annotations

import dataclasses
import gc
import io
import pickle
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.workbook.cells import Raw
from logistics_desktop.workbook.csv_file import read_csv
from logistics_desktop.workbook.findings import Kind, WorkbookFinding
from logistics_desktop.workbook.gate import Admitted, admit, damaged, protected
from logistics_desktop.workbook.headers import Vocabulary
from logistics_desktop.workbook.raw_sheet import Merge, RawSheet
from logistics_desktop.workbook.scan import SheetScan
from logistics_desktop.workbook.table import find_tables


def serve(channel: Connection, path: Path, vocabulary: Vocabulary, headers: Mapping[str, int] | None) -> None:
    """Read the workbook and send what was found, or the UserError that says why not.

    First the finding without cells, then every column on its own, so that the receiving window is never kept
    for long by one large message.
    """
    gc.disable()  # it would walk millions of cells again and again; the process lives for one file
    try:
        finding = read(path, vocabulary, headers)
    except UserError as problem:
        channel.send(problem)
        return
    except MemoryError:
        channel.send(UserError(N_("Reading the file took too much memory. Split it into several files.")))
        return
    columns = [sheet.cells for sheet in finding.sheets]
    bare = [dataclasses.replace(sheet, cells=[]) for sheet in finding.sheets]
    channel.send((dataclasses.replace(finding, sheets=bare), [len(cells) for cells in columns]))
    for cells in columns:
        for column in cells:
            channel.send_bytes(pickle.dumps(column.distinct, pickle.HIGHEST_PROTOCOL))
            channel.send_bytes(column.codes.tobytes())


def read(path: Path, vocabulary: Vocabulary, headers: Mapping[str, int] | None) -> WorkbookFinding:
    """Read the workbook in this process."""
    admitted = admit(path)
    sheets = [read_csv(path)] if admitted.kind is Kind.CSV else _read_workbook(path, admitted)
    date1904 = admitted.package is not None and admitted.package.date1904
    return WorkbookFinding(admitted.kind, find_tables(sheets, vocabulary, headers), date1904, admitted.warnings)


def _read_workbook(path: Path, admitted: Admitted) -> list[RawSheet]:
    scans = admitted.package.scans if admitted.package else {}
    try:
        # From bytes, because from a path it believes the ending
        with CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) as workbook:
            return [_read_sheet(workbook, place, scans) for place in range(len(workbook.sheet_names))]
    except PasswordError:
        raise protected() from None
    except (CalamineError, OSError, ValueError):
        raise damaged() from None


def _read_sheet(workbook: CalamineWorkbook, place: int, scans: Mapping[str, SheetScan]) -> RawSheet:
    about = workbook.sheets_metadata[place]
    hidden = about.visible != SheetVisibleEnum.Visible
    if about.typ != SheetTypeEnum.WorkSheet:
        return RawSheet(about.name, [], hidden=hidden, worksheet=False)
    sheet = workbook.get_sheet_by_index(place)
    rows: list[list[Raw]] = [*sheet.to_python(skip_empty_area=True)]  # type: ignore[list-item]  # lists are invariant
    top, left = sheet.start or (0, 0)
    scan = scans.get(about.name, SheetScan())
    top, left = _cover(rows, top, left, scan)
    for (row, column), what in scan.odd.items():
        rows[row - top][column - left] = what
    merges = [
        _merge(ranges, top, left, len(rows), len(rows[0]) if rows else 0) for ranges in sheet.merged_cell_ranges or ()
    ]
    return RawSheet(
        name=about.name,
        rows=rows,
        first_row=top,
        first_column=left,
        merges=[merge for merge in merges if merge],
        hidden_rows=[row - top for row in scan.hidden if 0 <= row - top < len(rows)],
        hidden=hidden,
    )


def _cover(rows: list[list[Raw]], top: int, left: int, scan: SheetScan) -> tuple[int, int]:
    """Widen the rows so that they reach every odd cell; the reader saw blanks there and cut them off."""
    if not scan.odd:
        return top, left
    places = [*scan.odd, *([(top, left), (top + len(rows) - 1, left + len(rows[0]) - 1)] if rows else [])]
    new_top, new_left = min(row for row, _ in places), min(column for _, column in places)
    bottom, right = max(row for row, _ in places), max(column for _, column in places)
    width = right - new_left + 1
    for row in rows:
        row[:0] = [""] * (left - new_left)
        row.extend([""] * (width - len(row)))
    above = top - new_top if rows else 0
    rows[:0] = [[""] * width for _ in range(above)]
    rows.extend([""] * width for _ in range(bottom - new_top + 1 - len(rows)))
    return new_top, new_left


def _merge(
    corners: tuple[tuple[int, int], tuple[int, int]], top: int, left: int, height: int, width: int
) -> Merge | None:
    """A merged range in indexes of the rows that were read; None where it lies outside of them."""
    (row1, column1), (row2, column2) = corners
    merge = Merge(row1 - top, column1 - left, min(row2 - top, height - 1), min(column2 - left, width - 1))
    return merge if merge.top >= 0 and merge.left >= 0 and merge.top < height and merge.left < width else None
