"""Cells as a spreadsheet takes them from the clipboard."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from PySide6.QtCore import QMimeData, QStringListModel

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.fields import TEXTS
from logistics_desktop.workbook.tsv import harmless, write_tsv
from ui.ledger.reading import FEW, Reader

MOST_ROWS = 100_000  # more than that is an export's work

# Excel and WPS keep leading zeros and long digits of cells that say that they are text.
_STYLE = '<style>.t{mso-number-format:"\\@"}br{mso-data-placement:same-cell}</style>'


@dataclass(frozen=True, slots=True)
class Copied:
    """Cells twice: as tab-separated text, and as a table that says which cells are text."""

    text: str
    html: str

    def mime(self) -> QMimeData:
        """Both for the clipboard; each program takes what it understands best.

        The clipboard may keep the object until the process has ended, when one that Python made would call back into an
        interpreter that is gone. So Qt makes it, which a model of lists does on request.
        """
        cells = QStringListModel([""])
        data = cells.mimeData([cells.index(0)])
        data.clear()
        data.setText(self.text)
        data.setHtml(self.html)
        return data


def copied(reader: Reader, ids: array[int], keys: Sequence[str], with_header: bool, job: Job) -> Copied:
    """The fields `keys` of these records. Raises UserError above `MOST_ROWS`."""
    if len(ids) > MOST_ROWS:
        raise UserError(
            N_("{count} rows are too many for the clipboard, which takes {most}. Use the export instead."),
            count=f"{len(ids):,}",
            most=f"{MOST_ROWS:,}",
        )
    fields = [reader.entity.by_key[key] for key in keys]
    texts = [field.kind in TEXTS for field in fields]
    places = [reader.entity.fields.index(field) for field in fields]
    narrow = replace(reader, keys=tuple(keys))
    lines: list[Sequence[str]] = [[_(field.label) for field in fields]] if with_header else []
    rows = [_html_row(lines[0], [True] * len(fields))] if with_header else []
    for start in range(0, len(ids), FEW):
        job.progress(start, len(ids))
        block = narrow.some(ids[start : start + FEW], job)
        for each in block.ids:
            cells = [block.texts[each][at] for at in places]
            rows.append(_html_row(cells, texts))
            lines.append([harmless(cell) if text else cell for cell, text in zip(cells, texts, strict=True)])
    return Copied(write_tsv(lines), f"<html><head>{_STYLE}</head><table>{''.join(rows)}</table></html>")


def _html_row(cells: Sequence[str], texts: Sequence[bool]) -> str:
    marked = (f"<td{' class=t' if text else ''}>{_in_html(cell)}" for cell, text in zip(cells, texts, strict=True))
    return f"<tr>{''.join(marked)}"


def _in_html(cell: str) -> str:
    return escape(cell, quote=False).replace("\n", "<br>")
