"""What the comparison with finance's own workbook found, as a workbook to work through."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from logistics_desktop.features.depreciation.cause_names import CAUSE_NAMES
from logistics_desktop.features.depreciation.differences import COMPARED, LABELS
from logistics_desktop.features.depreciation.reconcile import Line, Reconciliation
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.outgoing import Kind
from logistics_desktop.workbook.write import ColumnOut, SheetOut, write_table

TITLE = N_("Comparison with the workbook")


def write_compared_list(found: Reconciliation, lines: Sequence[Line], path: Path) -> int:
    """Write `lines` of a comparison: each figure there and here, the cause and the words.

    Gives the number of rows. Raises `UserError`.
    """
    columns = [
        ColumnOut(_(N_("Row in the workbook")), "integer", 10),
        ColumnOut(_(N_("Asset no.")), "code", 16),
        ColumnOut(_(N_("Name")), "text", 20),
    ]
    for name in COMPARED:
        kind: Kind = "integer" if name == "charged" else "money"
        columns.append(ColumnOut(_(N_("{figure} there"), figure=_(LABELS[name])), kind, 14))
        columns.append(ColumnOut(_(N_("{figure} here"), figure=_(LABELS[name])), kind, 14))
    columns += [
        ColumnOut(_(N_("Probable cause")), "text", 18),
        ColumnOut(_(N_("Explanation")), "text", 60),
    ]
    title = _(N_("Comparison with the workbook, {month}"), month=found.month)
    return write_table(path, [SheetOut(_(TITLE), columns, [_row(line) for line in lines], title, 3)])


def _row(line: Line) -> list[object]:
    sides: list[Decimal | int | None] = []
    by_field = {one.field: one for one in line.differences}
    for name in COMPARED:
        one = by_field.get(name)
        sides += [one.theirs, one.ours] if one else [None, None]
    cause = _(CAUSE_NAMES[line.guess.cause]) if line.guess else ""
    return [line.row, line.code, line.name, *sides, cause, str(line)]
