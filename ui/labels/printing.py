"""Labels and the calibration page to a printer of the system, in a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.design import Box
from logistics_desktop.features.labels.geometry import Grid
from logistics_desktop.features.labels.printers import Adjustment, Calibration, grid
from logistics_desktop.features.labels.sheets import Sheet
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui import fonts
from ui.labels.rendering import Run, lay_out, pdf

Work = Callable[[Job], object]

_FINE_DPI = 1200
_TICK = 2.0  # millimetres
_LETTERS = 7.0  # points


def printers() -> list[str]:
    """The names of the system's printers, the default one first."""
    names = [str(name) for name in QPrinterInfo.availablePrinterNames()]
    default = str(QPrinterInfo.defaultPrinterName())
    return sorted(names, key=lambda name: name != default)


def open_printer(name: str, dpi: int) -> QPrinter:
    """A printer by its name, as fine as `dpi` or a multiple where it lets itself be told. Raises `UserError`."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise UserError(N_("The printer “{name}” is not there any more."), name=name)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setResolution(-(-_FINE_DPI // dpi) * dpi)
    return printer


def print_labels(printer: QPrinter, run: Run, job: Job) -> int:
    """Print the labels and answer how many. Raises `UserError`; then nothing was printed."""
    raster = raster_of(printer, run.dpi, run.adjustment)
    run.check(raster, job)
    with _painting(printer, run.sheet) as painter:
        try:
            return run.paint(painter, printer, raster, job)
        except BaseException:
            printer.abort()
            raise


def print_calibration(printer: QPrinter, sheet: Sheet, dpi: int, adjustment: Adjustment) -> None:
    """Print the page to measure. Raises `UserError`."""
    raster = raster_of(printer, dpi, adjustment)
    with _painting(printer, sheet) as painter:
        paint_calibration(painter, Calibration(sheet.page_width, sheet.page_height), raster, adjustment)


def write_calibration(path: Path, sheet: Sheet, dpi: int, adjustment: Adjustment) -> None:
    """Write the page to measure to a PDF. Raises `UserError`."""
    raster = grid(dpi, adjustment, divide=True)
    with pdf(path, sheet.page_width, sheet.page_height, raster) as (_writer, painter):
        paint_calibration(painter, Calibration(sheet.page_width, sheet.page_height), raster, adjustment)


def paint_calibration(painter: QPainter, page: Calibration, raster: Grid, adjustment: Adjustment) -> None:
    """Paint a cross and from it two lines with a mark at every centimetre and their lengths."""
    left, top = page.corner + adjustment.offset_x, page.corner + adjustment.offset_y
    painter.setPen(QPen(Qt.GlobalColor.black, max(raster.length(0.1), 1)))
    font = QFont()
    font.setFamilies([fonts.FAMILY, *font.families()])
    font.setPixelSize(raster.points(_LETTERS))
    painter.setFont(font)

    def line(x: float, y: float, to_x: float, to_y: float) -> None:
        box = raster.box(Box(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y)), left, top)
        painter.drawLine(QPointF(box.x, box.y), QPointF(box.x + box.width, box.y + box.height))

    line(-_TICK, 0, page.across, 0)
    line(0, -_TICK, 0, page.down)
    for at in range(0, int(page.across) + 1, 10):
        line(at, 0, at, _TICK)
    for at in range(0, int(page.down) + 1, 10):
        line(0, at, _TICK, at)
    corner = raster.box(
        Box(_TICK * 2, _TICK * 2, max(page.across - _TICK * 2, 1), max(page.down - _TICK * 2, 1)), left, top
    )
    said = _(
        N_("Across {across} mm, down {down} mm, cross at {corner} mm from the left and from the upper edge"),
        across=f"{page.across:g}",
        down=f"{page.down:g}",
        corner=f"{page.corner:g}",
    )
    area = QRectF(corner.x, corner.y, corner.width, corner.height)
    painter.drawText(area, int(Qt.TextFlag.TextWordWrap.value), said)


def raster_of(printer: QPrinter, dpi: int, adjustment: Adjustment) -> Grid:
    """The raster of a printer: `dpi` divided where its resolution is a multiple, else its own resolution."""
    own = printer.resolution()
    if own % dpi == 0:
        return Grid(dpi, own // dpi, adjustment.stretch_x, adjustment.stretch_y)
    return Grid(own, 1, adjustment.stretch_x, adjustment.stretch_y)


@contextmanager
def _painting(printer: QPrinter, sheet: Sheet) -> Iterator[QPainter]:
    printer.setFullPage(True)
    if not lay_out(printer, sheet.page_width, sheet.page_height):
        raise UserError(
            N_("The printer does not take paper of {width} × {height} mm. Set it up in the system first."),
            width=f"{sheet.page_width:g}",
            height=f"{sheet.page_height:g}",
        )
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(N_("The printer does not answer. Is it switched on?"))
    try:
        yield painter
    finally:
        painter.end()
