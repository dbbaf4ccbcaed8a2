"""What was found in a workbook: the tables, and why each other sheet and row was left.

Sentences for the user are pairs of a message id and its parameters (`Said`), translated where they are shown.
Rows are numbered as the spreadsheet program numbers them, from 1; columns by index from 0 and by letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from logistics_desktop.i18n import translate
from logistics_desktop.workbook.cells import Cells, Raw


class Kind(StrEnum):
    """What a file is, judged by its content and not by its name."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


class Verdict(StrEnum):
    """Whether a sheet is read."""

    TAKEN = "taken"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the user, to be translated when it is shown: `str()` gives it in the language in force."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return translate(self.msgid, **self.params)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its place, and what its header says.

    `header` is what the sheet shows ("资产名称/中文" where the header has two rows), `path` the header's cells from
    top to bottom, `unit` what was split off in brackets ("万元", "年", "%"), None where there is none.
    """

    index: int
    letter: str
    header: str
    unit: str | None
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row below the header that is no record, and why."""

    row: int
    reason: Said


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """One sheet. `cells[i]` are the values of `columns[i]`, one per entry of `row_numbers`.

    A sheet that holds a table and is left (because another fits better) has its columns and cells too, so that it
    can be taken after all; `like` then names the taken sheet with the same columns, if there is one. A sheet without
    a table has none, and `preview` shows its rows from the one numbered `preview_row` on, so that the user can say
    where the header is.
    `above` are the rows above the header: titles, and what a form says beside its labels.
    `year_hint` is the year that title or sheet name speak of; `money_unit` the unit written above the table.
    """

    name: str
    verdict: Verdict
    reason: Said | None
    header_rows: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    first_row: int = 0
    last_row: int = 0
    row_numbers: list[int] = field(default_factory=list)
    cells: list[Cells] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    title: str = ""
    year_hint: int | None = None
    money_unit: str | None = None
    like: str | None = None
    warnings: list[Said] = field(default_factory=list)
    preview: list[list[str]] = field(default_factory=list)
    preview_row: int = 1
    above: list[list[Raw]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WorkbookFinding:
    """A whole file: every sheet in its order. `date1904`: serial numbers count from 1904 (old Macintosh files)."""

    kind: Kind
    sheets: list[SheetFinding]
    date1904: bool = False
    warnings: list[Said] = field(default_factory=list)

    @property
    def taken(self) -> list[SheetFinding]:
        """The sheets to be read, in their order."""
        return [sheet for sheet in self.sheets if sheet.verdict is Verdict.TAKEN]
