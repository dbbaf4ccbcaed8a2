"""Labels to a PDF or a printer, page after page, in a worker. Memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.batch import Batch
from logistics_desktop.features.labels.filling import Label
from logistics_desktop.features.labels.geometry import Grid
from logistics_desktop.features.labels.printers import Adjustment, grid
from logistics_desktop.features.labels.sheets import Sheet, Spot, check_fits, check_sheet, spots
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.labels.painting import paint_label, preview_label

_REPORT_EVERY = 25


@dataclass(frozen=True)
class Run:
    """What to print and how: on which paper, from which place on, for a printer of which fineness and correction."""

    batch: Batch
    sheet: Sheet
    start: int = 1
    dpi: int = 300
    adjustment: Adjustment = field(default_factory=Adjustment)

    def check(self, raster: Grid, job: Job) -> None:
        """Raise `UserError` with everything that keeps it from being printed."""
        check_sheet(self.sheet)
        check_fits(self.sheet, self.batch.design)
        list(spots(self.sheet, 0, self.start))
        self.batch.check(raster, job)

    def paint(self, painter: QPainter, device: QPagedPaintDevice, raster: Grid, job: Job) -> int:
        """Paint every label; answers how many."""
        page = done = 0
        for done, (spot, label) in enumerate(self._placed(), start=1):
            if spot.page != page:
                page = spot.page
                device.newPage()
            left, top = spot.x + self.adjustment.offset_x, spot.y + self.adjustment.offset_y
            paint_label(painter, self.batch.design, label, raster, left, top)
            if done % _REPORT_EVERY == 0:
                job.progress(done, self.batch.count, _(N_("Printing labels")))
        return done

    def preview(self, painter: QPainter, raster: Grid, job: Job) -> None:
        """Paint the first page as the paper will look; codes that cannot be are crossed out."""
        for spot, label in self._placed():
            if spot.page:
                return
            job.check()
            painter.save()
            painter.translate(spot.x * raster.per_mm, spot.y * raster.per_mm)
            preview_label(painter, self.batch.design, label, raster)
            painter.restore()

    def _placed(self) -> Iterator[tuple[Spot, Label]]:
        return zip(spots(self.sheet, self.batch.count, self.start), self._repeated(), strict=True)

    def _repeated(self) -> Iterator[Label]:
        return (label for each in self.batch.labels() for label in repeat(each, self.batch.copies))


def write_pdf(run: Run, path: Path, job: Job) -> int:
    """Write the labels to a PDF and answer how many. What was at `path` stays until all is written.

    Raises `UserError` with everything that keeps labels from being printed, and where the file cannot be written.
    """
    raster = grid(run.dpi, run.adjustment, divide=True)
    run.check(raster, job)
    with pdf(path, run.sheet.page_width, run.sheet.page_height, raster) as (writer, painter):
        return run.paint(painter, writer, raster, job)


@contextmanager
def pdf(path: Path, width: float, height: float, raster: Grid) -> Iterator[tuple[QPdfWriter, QPainter]]:
    """A PDF with pages of `width` × `height` millimetres to paint on, kept only if the block ends well."""
    part = path.with_name(path.name + ".part")
    try:
        writer = QPdfWriter(str(part))
        writer.setResolution(raster.dpi * raster.fine)
        lay_out(writer, width, height)
        writer.setTitle(path.stem)
        painter = QPainter()
        if not painter.begin(writer):
            raise _unwritable(path)
        try:
            yield writer, painter
        finally:
            painter.end()
        part.replace(path)
    except OSError as problem:
        raise _unwritable(path) from problem
    finally:
        part.unlink(missing_ok=True)


def lay_out(device: QPagedPaintDevice, width: float, height: float) -> bool:
    """Give a device pages of this size in millimetres, without margins; answers whether it can."""
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return device.setPageLayout(layout)


def _unwritable(path: Path) -> UserError:
    return UserError(N_("“{name}” cannot be written. Is it open in another program?"), name=path.name)
