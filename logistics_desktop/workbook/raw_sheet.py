"""A sheet as it was read, before anything in it is understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from logistics_desktop.workbook.cells import Raw


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; indexes from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class RawSheet:
    """Rows of cells; blank cells are "" or None. `first_row`, `first_column`: where `rows[0][0]` lies in the sheet.

    Merges and hidden rows are given in indexes of `rows`, from 0.
    """

    name: str
    rows: list[list[Raw]]
    first_row: int = 0
    first_column: int = 0
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden: bool = False
    worksheet: bool = True

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def number(self, row: int) -> int:
        """The row's number as the spreadsheet program shows it."""
        return self.first_row + row + 1


def text_of(raw: Raw) -> str:
    """A cell's text, trimmed; "" for blank cells and for everything that is not text."""
    return raw.strip() if isinstance(raw, str) else ""


def is_blank(raw: Raw) -> bool:
    """Whether a cell holds nothing, or nothing but spaces."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def filled(row: list[Raw]) -> Iterator[tuple[int, Raw]]:
    """The cells of a row that hold something, with their places."""
    return ((place, raw) for place, raw in enumerate(row) if not is_blank(raw))
