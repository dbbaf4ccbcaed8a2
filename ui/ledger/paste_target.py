"""Where a block of cells from the clipboard goes, by the rules of a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.workbook.pasting import MOST_ROWS

Block = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """Places of rows in the table from the top, `new` rows below the last one, and the cells of each column."""

    rows: Sequence[int]
    new: int
    columns: Mapping[int, Sequence[str]]


def aim(
    block: Block, rows: Sequence[range], columns: Sequence[int], shown: Sequence[int], below: Sequence[range]
) -> Target:
    """Say where the columns of `block` go.

    `rows` and `columns` are selected, `shown` are the columns on show from left to right, `below` the rows from the
    first selected one to the end; headings of groups are in neither. A selection that is a multiple of the block is
    filled with it, one value fills any selection; otherwise the block begins at the upper left corner of the selection.
    What goes beyond the last row are new rows. Raises UserError where it would go beyond the last column, over too many
    rows, or into a heading.
    """
    high, wide = len(block[0]), len(block)
    selected = sum(map(len, rows))
    if not selected and below:
        raise UserError(N_("The heading of a group cannot be pasted into. Choose a cell of a row."))
    if selected and selected % high == 0 and len(columns) % wide == 0:
        _refuse_many(selected)
        places = list(chain.from_iterable(rows))
        times = selected // high
        return Target(places, 0, {at: list(block[n % wide]) * times for n, at in enumerate(columns)})
    first = shown.index(columns[0])
    room = len(shown) - first
    if wide > room:
        raise UserError(
            N_(
                "The clipboard holds {columns} columns, but from the chosen cell on the table shows only {room}. "
                "Nothing was pasted. Choose a cell further left, or show more columns."
            ),
            columns=wide,
            room=room,
        )
    places = list(islice(chain.from_iterable(below), high))
    cells = {at: list(column) for at, column in zip(shown[first : first + wide], block, strict=True)}
    return Target(places, high - len(places), cells)


def _refuse_many(rows: int) -> None:
    if rows > MOST_ROWS:
        raise UserError(
            N_(
                "{rows} rows are selected; at most {most} are pasted at once. Nothing was pasted. To change them all, "
                "choose “Change rows …”."
            ),
            rows=f"{rows:,}",
            most=f"{MOST_ROWS:,}",
        )
