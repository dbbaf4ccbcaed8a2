"""Rows as a spreadsheet takes them from the clipboard."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterable, Sequence

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import TEXTS
from ui.ledger.reading import FEW, Reader, Texts

MOST_ROWS = 100_000  # more than that is an export's work

_FORMULA = ("=", "+", "-", "@", "\t")


def tsv(reader: Reader, ids: array[int], with_header: bool, job: Job) -> str:
    """The fields on show of these records, tab-separated. Raises UserError above `MOST_ROWS`."""
    if len(ids) > MOST_ROWS:
        raise UserError(
            N_("{count} rows are too many for the clipboard, which takes {most}. Use the export instead."),
            count=f"{len(ids):,}",
            most=f"{MOST_ROWS:,}",
        )
    lines: list[Sequence[str]] = []
    if with_header:
        lines.append([_(reader.entity.by_key[key].label) for key in reader.keys])
    places = [[field.key for field in reader.entity].index(key) for key in reader.keys]
    for start in range(0, len(ids), FEW):
        job.progress(start, len(ids))
        block = reader.some(ids[start : start + FEW], job)
        lines += (_cells(reader.entity, block.texts[each], places) for each in block.ids)
    return _lines(lines)


def _cells(entity: Entity, texts: Texts, places: Iterable[int]) -> list[str]:
    return [_harmless(texts[at]) if entity.fields[at].kind in TEXTS else texts[at] for at in places]


def _harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula, marked as text the way spreadsheets do."""
    return f"'{text}" if len(text) > 1 and text.startswith(_FORMULA) else text


def _lines(lines: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(lines)
    return out.getvalue()
