"""Lists written as Excel workbooks, in bounded memory and as fast as the rows can be fetched.

The cells are written by `rustpy-xlsxwriter`; docs/architecture.md says why.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import Format, write_worksheets

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.outgoing import NUMBER_FORMATS, Column, Kind, to_cells
from logistics_desktop.workbook.saving import replacing
from logistics_desktop.workbook.totals import Ending, Sum, finish_totals

MAX_ROWS = 1_048_576
"""Rows in an Excel sheet, the header and totals among them."""

_BATCH = 1_000
"""Rows converted at once, and between two reports of progress."""
_A4 = 9
_LINE = "#9BC2E6"


@dataclass(frozen=True, slots=True)
class ColumnOut:
    """One column of a list; `width` is in characters, `total` puts a sum below it."""

    header: str
    kind: Kind = "text"
    width: float = 12.0
    total: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What makes a list a document to be signed: lines below the title, and the line for the signatures at the end.

    Its cells have lines around them, and its whole head is repeated on every page.
    """

    lines: Sequence[str]
    signatures: str


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One sheet: a list with a header, a title above it if wanted, and `rows` that are read once, as they come.

    Headers are unique within a sheet. `frozen` columns at the left stay in sight. A `form` has a title.
    """

    name: str
    columns: Sequence[ColumnOut]
    rows: Iterable[Sequence[object]]
    title: str | None = None
    frozen: int = 0
    form: Form | None = None


def write_table(path: Path, sheets: Sequence[SheetOut], progress: Callable[[int], None] | None = None) -> int:
    """Write `sheets` to the workbook `path` and give the number of rows written.

    `progress` is called with the number of rows so far; what it raises (`Cancelled`) ends the work. Text is never taken
    for a formula or a link. Raises `UserError` where the file cannot be written, a sheet cannot hold the rows or a
    cell cannot hold its text. Whatever ends the work early leaves `path` as it was.
    """
    done = _Progress(progress)
    names = sheet_names([sheet.name for sheet in sheets])
    tables = [_Table(sheet, name, done) for sheet, name in zip(sheets, names, strict=True)]
    with replacing(path) as draft:
        _write(tables, draft)
        endings = {number: table.ending() for number, table in enumerate(tables, 1) if table.unfinished}
        if endings:
            with replacing(draft) as finished:
                finish_totals(draft, finished, _("Total"), endings)
    return done.rows


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Give each sheet a name that Excel takes: 31 characters, none of `[]:*?/\\`, each only once, never "History"."""
    names: list[str] = []
    taken = {"history"}
    for text in wanted:
        name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", text).strip(" '")[:31] or "Sheet"
        unique, number = name, 1
        while unique.lower() in taken:
            number += 1
            unique = f"{name[:26]} ({number})"
        taken.add(unique.lower())
        names.append(unique)
    return names


class _Progress:
    """Counts the rows of all sheets and tells the caller."""

    def __init__(self, tell: Callable[[int], None] | None) -> None:
        self.rows = 0
        self._tell = tell

    def add(self, rows: int) -> None:
        self.rows += rows
        if self._tell:
            self._tell(self.rows)


class _Table:
    """One sheet on its way out."""

    def __init__(self, sheet: SheetOut, name: str, progress: _Progress) -> None:
        self.name = name
        self.headers = [column.header for column in sheet.columns]
        assert len(set(self.headers)) == len(self.headers), f"headers more than once: {self.headers}"
        self.summed = [at for at, column in enumerate(sheet.columns) if column.total]
        self._sheet = sheet
        self._progress = progress
        self._header_row = (1 if sheet.title else 0) + (len(sheet.form.lines) if sheet.form else 0)
        self._values = dict.fromkeys(self.summed, Decimal(0))
        self._fixed: set[int] = set()

    def records(self) -> Iterator[dict[str, object]]:
        """Give the rows as the writer wants them; a list without rows is one empty row, so that its header is there."""
        converters = [to_cells(column.kind, column.header) for column in self._sheet.columns]
        room = MAX_ROWS - self._header_row - 1 - bool(self.summed)
        rows = iter(self._sheet.rows)
        written = 0
        while batch := list(islice(rows, _BATCH)):
            written += len(batch)
            if written > room:
                raise UserError(N_("An Excel sheet holds {limit} rows. Narrow the list or export to CSV."), limit=room)
            columns = list(zip(*batch, strict=True))
            cells = [convert(column) for convert, column in zip(converters, columns, strict=True)]
            for at in self.summed:
                self._add(at, columns[at], cells[at])
            yield from (dict(zip(self.headers, row, strict=False)) for row in zip(*cells, strict=True))
            self._progress.add(len(batch))
        if not written:
            yield dict.fromkeys(self.headers)

    def _add(self, at: int, values: Column, cells: Column) -> None:
        self._values[at] += sum(value for value in values if value is not None)
        if any(isinstance(cell, str) for cell in cells):
            self._fixed.add(at)

    @property
    def unfinished(self) -> bool:
        """Whether something is to come below the rows that the writer cannot write."""
        return bool(self.summed) or self._sheet.form is not None

    def ending(self) -> Ending:
        """Give what stands below the rows, once the records are through."""
        columns = range(len(self.headers))
        sums = [Sum(self._values[at], at in self._fixed) if at in self._values else None for at in columns]
        return Ending(sums, self._sheet.form.signatures if self._sheet.form else "")

    def options(self) -> dict[str, Any]:
        """Give the writer's options for this sheet."""
        columns, form = self._sheet.columns, self._sheet.form
        options = {
            "header_row": self._header_row,
            "freeze_panes": {"row": self._header_row + 1, "col": self._sheet.frozen},
            "autofilter": True,
            "header_format": _header_format(),
            "column_widths": [column.width for column in columns],
            "column_formats": [_cell_format(column.kind, ruled=form is not None) for column in columns],
            "ignore_errors": [column.header for column in columns if column.kind in ("code", "text")],
            "totals_row": {self.headers[at]: "sum" for at in self.summed},
            "page_setup": _page_setup((0, self._header_row) if form else self._header_row),
        }
        if self._sheet.title:
            across = max(len(columns) - 1, 1)  # a single cell cannot be merged
            title = _title_format().set_align("center") if form else _title_format()
            options["merge_ranges"] = [
                (0, 0, 0, across, self._sheet.title, title),
                *((at, 0, at, across, line, Format()) for at, line in enumerate(form.lines if form else (), 1)),
            ]
        return options


def _write(tables: Sequence[_Table], path: Path) -> None:
    by_option: dict[str, Any] = {}
    for table in tables:
        for option, value in table.options().items():
            by_option.setdefault(option, {})[table.name] = value
    try:
        write_worksheets([(table.name, table.records()) for table in tables], str(path), **by_option)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        # The writer panics, which is no Exception, where its temporary file cannot grow.
        raise OSError(errno.ENOSPC, str(error)) from error


def _cell_format(kind: Kind, *, ruled: bool) -> Format:
    format_ = Format().set_num_format(NUMBER_FORMATS[kind])
    return format_.set_border("thin").set_border_color(_LINE) if ruled else format_


def _header_format() -> Format:
    format_ = Format().set_bold().set_background_color("#DDEBF7").set_text_wrap()
    return format_.set_align("vertical_center").set_border("thin").set_border_color(_LINE)


def _title_format() -> Format:
    return Format().set_bold().set_font_size(14)


def _page_setup(repeated: int | tuple[int, int]) -> dict[str, Any]:
    return {
        "paper_size": _A4,
        "landscape": True,
        "fit_to_pages": (1, 0),
        "repeat_rows": repeated,
        "margins": {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6},
        "footer": "&C" + _("Page {page} of {pages}", page="&P", pages="&N"),
    }
