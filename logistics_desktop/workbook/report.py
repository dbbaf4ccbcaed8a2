"""What an import would do or did, for the command line: one JSON object, or a few lines."""

from __future__ import annotations

import json
from typing import Any

from logistics_desktop.i18n import _
from logistics_desktop.workbook.apply import Applied
from logistics_desktop.workbook.findings import Verdict
from logistics_desktop.workbook.intake import Intake
from logistics_desktop.workbook.planned import CellProblem, Outcome, Plan, Remedy

_LINES = 20
"""So many problems are printed; the JSON object has them all."""


def as_object(intake: Intake, plan: Plan, applied: Applied | None) -> str:
    """The report as JSON.

    `sheet` and `header_row` (from 1, of two rows the upper) say what was read, `sheets` why each other sheet was
    left. `rows` counts the records in the sheet; each is one of `new`, `changed`, `unchanged` and `refused`.
    `skipped` are the other rows below the header, `unmapped` the headers that mean nothing here, `mapped` the field
    of every other. `errors` tell the cells for which a row is refused (`row` from 1, `column` the header, `value` as
    in the sheet), `remarks` what was taken with a doubt. `totals` sums the money of all rows but the refused ones,
    by field, as text with two decimals. `missing` are names that no ledger knows: they do not refuse a row, but have
    to be created or mapped before it can be stored. `applied` is what was stored, null if nothing was.
    """
    sheet = plan.source.sheet
    report = {
        "file": plan.source.file_name,
        "sheet": sheet.name,
        "header_row": sheet.header_rows[0],
        "rows": len(sheet.row_numbers),
        **{outcome.name.lower(): plan.count(outcome) for outcome in Outcome},
        "skipped": [{"row": one.row, "reason": str(one.reason)} for one in sheet.skipped],
        "unmapped": [column.header for column in plan.header.unmapped],
        "mapped": {column.header: key for column in sheet.columns if (key := plan.header.fields.get(column.index))},
        "errors": _problems(plan.errors),
        "remarks": _problems(plan.remarks),
        "totals": {key: f"{total:.2f}" for key, total in plan.totals.items()},
        "missing": [
            {
                "ledger": one.ledger,
                "name": one.name,
                "count": len(one.rows),
                "rows": list(one.rows),
                "decision": one.decision.value if isinstance(one.decision, Remedy) else None,
            }
            for one in plan.missing
        ],
        "sheets": [
            {"name": one.name, "taken": one.verdict is Verdict.TAKEN, "reason": str(one.reason or "")}
            for one in intake.workbook.sheets
        ],
        "warnings": [str(one) for one in plan.warnings],
        "earlier": [{"batch": str(one.id), "at": one.at.isoformat(), "who": one.who} for one in plan.earlier],
        "applied": _applied(applied),
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


def as_text(plan: Plan, applied: Applied | None) -> str:
    """The report for a person at the terminal."""
    sheet = plan.source.sheet
    lines = [
        _(
            "Sheet “{sheet}”, header in row {row}: {rows} rows. "
            "New {new}, changed {changed}, unchanged {unchanged}, refused {refused}.",
            sheet=sheet.name,
            row=sheet.header_rows[0],
            rows=len(sheet.row_numbers),
            new=plan.count(Outcome.NEW),
            changed=plan.count(Outcome.CHANGED),
            unchanged=plan.count(Outcome.UNCHANGED),
            refused=plan.count(Outcome.REFUSED),
        )
    ]
    lines += [f"{_(plan.entity.by_key[key].label)}: {total:,.2f}" for key, total in plan.totals.items()]
    if plan.header.unmapped:
        names = ", ".join(column.header for column in plan.header.unmapped)
        lines.append(_("Columns not read: {names}.", names=names))
    lines += [_("Row {row} left out: {reason}", row=one.row, reason=one.reason) for one in sheet.skipped[:_LINES]]
    lines += [
        _("Row {row}, {column}: {text}", row=one.row, column=one.column.header if one.column else "", text=one.problem)
        for one in (*plan.errors, *plan.remarks)[:_LINES]
    ]
    if plan.undecided:
        names = ", ".join(one.name for one in plan.undecided)
        lines.append(_("Not known yet (--create-missing creates them): {names}.", names=names))
    lines += [str(one) for one in plan.warnings]
    lines += [
        _("This file was imported before, by {who} on {at}.", who=one.who, at=f"{one.at.astimezone():%Y-%m-%d %H:%M}")
        for one in plan.earlier[:1]
    ]
    if applied is not None:
        lines.append(_("Stored. This import can be undone: undo {batch}", batch=applied.batch))
    return "\n".join(lines)


def _problems(problems: tuple[CellProblem, ...]) -> list[dict[str, Any]]:
    return [
        {
            "row": one.row,
            "column": one.column.header if one.column else "",
            "value": one.value,
            "message": str(one.problem),
        }
        for one in problems
    ]


def _applied(applied: Applied | None) -> dict[str, Any] | None:
    if applied is None:
        return None
    return {
        "batch": str(applied.batch),
        "new": applied.new,
        "changed": applied.changed,
        "unchanged": applied.unchanged,
        "refused": applied.refused,
        "created": dict(applied.created),
    }
