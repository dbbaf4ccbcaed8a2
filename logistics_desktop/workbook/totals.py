"""The totals row of a written workbook: sums that follow the filter, with their values already in the cells.

The writer in Rust puts a plain SUM below each summed column, without a value: a viewer that does not calculate (a
phone, a preview) shows nothing, and the sum ignores the filter. So its last row is written anew: SUBTOTAL(109, …), the
value known from writing, the column's own format in bold, and a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZipFile

from openpyxl.utils import get_column_letter

from logistics_desktop.workbook.parts import Edit, replaced_by, rewrite
from logistics_desktop.workbook.styles import Styles

_CHUNK = 1 << 20
_TAIL = 1 << 18
"""The last row of a sheet and what follows it fit in here many times over."""
_SUM = re.compile(r'<c r="(\D+)\d+"(?: s="(\d+)")? t="str"><f>SUM\((\S+?)\)</f><v></v></c>')


@dataclass(frozen=True, slots=True)
class Sum:
    """What the rows of one column add up to; `fixed` where some cell is text and Excel's own sum would be wrong."""

    value: Decimal
    fixed: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """What stands at the end of a sheet: one sum a column, None where there is none, and a line for signatures."""

    sums: Sequence[Sum | None]
    signatures: str = ""


def finish_totals(raw: Path, target: Path, label: str, endings: Mapping[int, Ending]) -> None:
    """Copy the workbook `raw` to `target` with its totals rows finished.

    `endings` go by the number of a sheet, from 1; the label goes into the first column that is not summed.
    """
    with ZipFile(raw) as archive:
        styles = Styles(archive.read("xl/styles.xml"))
    bold = styles.add_bold()
    edits: dict[str, Edit] = {
        f"xl/worksheets/sheet{number}.xml": _finisher(label, ending, bold) for number, ending in endings.items()
    }
    rewrite(raw, target, {"xl/styles.xml": replaced_by(styles.part()), **edits})


def _finisher(label: str, ending: Ending, bold: Sequence[int]) -> Edit:
    def edit(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        tail = b""
        while chunk := incoming.read(_CHUNK):
            tail += chunk
            outgoing.write(tail[:-_TAIL])
            tail = tail[-_TAIL:]
        start, end = tail.rindex(b"<row "), tail.rindex(b"</row>")
        last = tail[start:end].decode()
        row = "".join(_row(last, label, ending.sums, bold)) if any(ending.sums) else last
        below = _signatures(int(last.split('"')[1]), ending.signatures) if ending.signatures else ""
        end += len(b"</row>")
        outgoing.write(tail[:start] + f"{row}</row>{below}".encode() + tail[end:])

    return edit


def _row(raw: str, label: str, columns: Sequence[Sum | None], bold: Sequence[int]) -> Iterator[str]:
    """Write the row anew, cell by cell; `raw` has a SUM for every summed column, in order."""
    yield raw[: raw.index(">") + 1]
    number = raw.split('"')[1]
    sums = iter(_SUM.findall(raw))
    labelled = next((at for at, total in enumerate(columns) if total is None), None)
    for at, total in enumerate(columns):
        if total is not None:
            column, style, cells = next(sums)
            yield _cell(f'r="{column}{number}" s="{bold[int(style or 0)]}"', cells, total)
        elif at == labelled:
            text = f"<is><t>{escape(label)}</t></is>"
            yield f'<c r="{get_column_letter(at + 1)}{number}" s="{bold[0]}" t="inlineStr">{text}</c>'


def _signatures(last: int, text: str) -> str:
    """A line of text two rows below the last one; it runs on over the empty cells to its right."""
    row = last + 2
    cell = f'<c r="A{row}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    return f'<row r="{row}" ht="24" customHeight="1">{cell}</row>'


def _cell(place: str, cells: str, total: Sum) -> str:
    if total.fixed:
        return f'<c {place} t="inlineStr"><is><t>{total.value:f}</t></is></c>'
    return f"<c {place}><f>SUBTOTAL(109,{cells})</f><v>{total.value:f}</v></c>"
