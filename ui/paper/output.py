"""A printout drawn: as a picture for the preview, as a PDF, on a printer. For worker threads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFile, QMarginsF, Qt
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.workbook.saving import replacing
from ui.paper.sheet import DPI, Printout, Sheet

CREATOR = "Logistics Desktop"


def to_image(printout: Printout, number: int, dpi: float) -> QImage:
    """A page as a picture."""
    scale = dpi / DPI
    sheet = printout.sheet
    image = QImage(round(sheet.width * scale), round(sheet.height * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    try:
        _draw(painter, printout, number)
    finally:
        painter.end()
    return image


def to_pdf(printout: Printout, path: Path, job: Job) -> None:
    """Write all pages as a PDF; what was at `path` stays until the last is written.

    Raises Cancelled, and `UserError` if the file cannot be written.
    """
    with replacing(path) as draft:
        draft.touch()  # says in the system's own words why it cannot be written, which Qt does not
        file = QFile(str(draft))
        if not file.open(QFile.OpenModeFlag.WriteOnly):
            raise OSError(file.errorString())
        try:
            writer = QPdfWriter(file)
            writer.setCreator(CREATOR)
            writer.setTitle(printout.title)
            writer.setResolution(round(DPI))
            _prepare(writer, printout.sheet)
            _draw_all(writer, printout, range(printout.pages), job, 1.0)
        finally:
            file.close()
        if file.error() != QFile.FileError.NoError:
            raise OSError(file.errorString())


def prepare_printer(printer: QPrinter, printout: Printout) -> None:
    """Tell a printer about the paper, before the user chooses the rest."""
    printer.setCreator(CREATOR)
    printer.setDocName(printout.title)
    printer.setFullPage(True)
    _prepare(printer, printout.sheet)
    printer.setFromTo(1, printout.pages)


def to_printer(printout: Printout, printer: QPrinter, job: Job) -> int:
    """Print the pages that the user chose, and give their count. Raises Cancelled and `UserError`."""
    numbers = _chosen(printer, printout.pages)
    try:
        _draw_all(printer, printout, numbers, job, printer.resolution() / DPI)
    except BaseException:
        printer.abort()
        raise
    return len(numbers)


def _chosen(printer: QPrinter, pages: int) -> list[int]:
    first, last = printer.fromPage() or 1, printer.toPage() or pages
    numbers = list(range(max(first, 1) - 1, min(last, pages)))
    return numbers[::-1] if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst else numbers


def _prepare(device: QPagedPaintDevice, sheet: Sheet) -> None:
    device.setPageLayout(QPageLayout(sheet.size, sheet.orientation, QMarginsF(0, 0, 0, 0)))


def _draw_all(device: QPagedPaintDevice, printout: Printout, numbers: Iterable[int], job: Job, scale: float) -> None:
    wanted = list(numbers)
    painter = QPainter()
    if not painter.begin(device):
        raise UserError(N_("The printer does not take the pages. Is it switched on and connected?"))
    try:
        painter.scale(scale, scale)
        for done, number in enumerate(wanted):
            job.progress(
                done, len(wanted), _(N_("Drawing page {number} of {count}"), number=done + 1, count=len(wanted))
            )
            if done:
                device.newPage()
            _draw(painter, printout, number)
    finally:
        painter.end()


def _draw(painter: QPainter, printout: Printout, number: int) -> None:
    for mark in printout.page(number):
        mark.draw(painter)
