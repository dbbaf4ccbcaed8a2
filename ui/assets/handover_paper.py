"""The hand-over sheet on paper: a document that prints and becomes a PDF, A4 across, titles on every page."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from logistics_desktop.features.assets.handover import COLUMNS, RIGHT, Sheet
from logistics_desktop.workbook.saving import replacing

PAGE = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(12, 12, 12, 12))
"""A4 across, margins in points as Qt counts them for a text document."""

_STYLE = """
h1 { font-size: 16pt; text-align: center; }
p { font-size: 10pt; }
td, th { font-size: 9pt; padding: 3px; }
"""


def document(sheet: Sheet) -> QTextDocument:
    """The sheet as a document that breaks into pages by itself."""
    aligns = ("right", *("right" if key in RIGHT else "left" for key in COLUMNS))
    rows = "".join(
        "<tr>"
        + "".join(f'<td align="{side}">{escape(text)}</td>' for side, text in zip(aligns, line, strict=True))
        + "</tr>"
        for line in sheet.texts()
    )
    heads = "".join(f"<th>{escape(text)}</th>" for text in sheet.headers())
    signs = "".join(f'<td width="33%">{escape(text)}</td>' for text in sheet.signatures())
    made = QTextDocument()
    made.setDefaultFont(QApplication.font())
    made.setDefaultStyleSheet(_STYLE)
    made.setHtml(
        f"<h1>{escape(sheet.title())}</h1><p>{escape(sheet.about())}</p>"
        '<table width="100%" border="1" cellspacing="0" style="border-collapse: collapse">'
        f"<thead><tr>{heads}</tr></thead>{rows}</table>"
        f'<p>{escape(sheet.total())}</p><br/><table width="100%"><tr>{signs}</tr></table>'
    )
    return made


def write_pdf(sheet: Sheet, path: Path) -> None:
    """Save the sheet as a PDF. Raises `UserError` where the file cannot be written."""
    made = QBuffer()
    made.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(made)
    writer.setPageLayout(PAGE)
    writer.setTitle(f"{sheet.title()} {sheet.giver}")
    document(sheet).print_(writer)
    with replacing(path) as draft:
        draft.write_bytes(made.data().data())
