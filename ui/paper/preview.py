"""The window in which one looks at the pages, turns the paper, prints, or saves a PDF.

Reading, laying out and drawing are done in workers; here is only the picture of the page that is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPixmap, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.actions import bind, make
from ui.appearance import Settings
from ui.ledger.ask import Answer, ask
from ui.notices import Tone
from ui.noting import noted
from ui.paper.output import prepare_printer, to_image, to_pdf, to_printer
from ui.paper.preview_bars import PageBar, PaperBar
from ui.paper.sheet import Printout, Sheet
from ui.workspace import Workspace

Content = TypeVar("Content")

_SIZE = QSize(1000, 760)
_INCH = 25.4
_AROUND = 24  # pixels around the page
_RESIZED_MS = 120
SETTINGS = "paper"


class Preview(QDialog, Generic[Content]):
    """A printout on the screen; what is read and how it is laid out is the business of the two functions.

    `reading()` looks at the options and gives the function that reads the content in a worker; it is asked anew after
    `read_again`. `lay_out(content, sheet, job)` gives the pages, in a worker too. `options` are put into the bar at the
    top, `key` names the choice of paper that is remembered.
    """

    def __init__(
        self,
        workspace: Workspace,
        key: str,
        name: str,
        reading: Callable[[], Callable[[Job], Content]],
        lay_out: Callable[[Content, Sheet, Job], Printout],
        options: Sequence[tuple[str, QWidget]],
        *,
        landscape: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_(N_("Print: {what}"), what=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE)
        self._workspace = workspace
        self._key = key
        self._name = name
        self._reading = reading
        self._lay_out = lay_out
        self._content: Content | None = None
        self._job: Job | None = None
        self.printout: Printout | None = None
        remembered = workspace.settings.load(SETTINGS).get(key)
        self.bar = PaperBar(options, remembered if isinstance(remembered, bool) else landscape)
        self.pages = PageBar()
        self.page = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.page.setTextFormat(Qt.TextFormat.PlainText)
        self._area = QScrollArea(widgetResizable=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._area.setWidget(self.page)
        self._resized = QTimer(self, interval=_RESIZED_MS, singleShot=True)
        self._arrange()
        self._connect()
        self._prepare()

    def read_again(self) -> None:
        """Read anew, as an option has changed that needs it."""
        self._content = None
        self._prepare()

    def save_pdf(self, path: Path) -> None:
        """Write the pages to a file and offer to open it."""
        if self.printout is not None and self._job is None:
            work = self._noted(partial(to_pdf, self.printout, path), "exported", file=path.name)
            self._work(work, partial(self._offer, path))

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages that were chosen in the printer's dialog."""
        if self.printout is not None and self._job is None:
            work = self._noted(partial(to_printer, self.printout, printer), "printed")
            self._work(work, self._say_printed)

    def ask_pdf(self) -> None:
        """Ask where the PDF goes."""
        if not self._ready():
            return
        dialog = QFileDialog(self, _(N_("Save as PDF")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_(N_("PDF (*.pdf)")))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile("".join(letter if letter not in '\\/:*?"<>|\n' else " " for letter in self._name))
        dialog.fileSelected.connect(lambda name: self.save_pdf(Path(name)))
        dialog.open()

    def ask_printer(self) -> None:
        """Ask which printer and which pages."""
        if self.printout is None or not self._ready():
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare_printer(printer, self.printout)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.accepted.connect(partial(self.print_on, printer))
        QDialog.open(dialog)

    def stop(self) -> None:
        """Stop what is under way."""
        if self._job is not None:
            self._workspace.tasks.cancel(self._job)

    def done(self, result: int) -> None:
        """End what is under way with the window, and let go of the rows that were read for it."""
        self.stop()
        self.printout = self._content = None
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the window again."""
        super().resizeEvent(event)
        self._resized.start()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._area, 1)
        column.addWidget(self.pages)

    def _connect(self) -> None:
        self.bar.turned.connect(self._turn)
        self.bar.print_wanted.connect(self.ask_printer)
        self.bar.pdf_wanted.connect(self.ask_pdf)
        self.pages.changed.connect(self._draw)
        self.pages.stop_wanted.connect(self.stop)
        self._resized.timeout.connect(self._draw)
        self._workspace.tasks.progressed.connect(self._show_progress)
        for key, do in (
            ("preview_print", self.ask_printer),
            ("preview_pdf", self.ask_pdf),
            ("preview_forward", self.pages.forward),
            ("preview_back", self.pages.back),
        ):
            bind(make(key, self, do), self, inside=True)

    def _ready(self) -> bool:
        return self.printout is not None and self._job is None

    def _turn(self, landscape: bool) -> None:
        work = partial(_remember, self._workspace.settings, self._key, landscape)
        self._workspace.tasks.run(work, lambda _none: None, owner=self, key="remember")
        self._prepare()

    def _prepare(self) -> None:
        self.printout = None
        self.page.clear()
        self.page.setText(_(N_("Preparing the pages …")))
        self.pages.show_pages(0)
        work = partial(_prepared, self._reading(), self._content, self._lay_out, Sheet(self.bar.landscape()))
        self._work(work, self._take)

    def _work(self, work: Callable[[Job], object], then: Callable[..., object]) -> None:
        """Do what may take long, one thing at a time, with progress at the foot of the window."""

        def done(value: object) -> None:
            self._end()
            then(value)

        self.bar.set_ready(False)
        self._job = self._workspace.tasks.run(work, done, owner=self, key="work", on_error=self._refused)

    def _noted(self, work: Callable[[Job], Any], kind: str, **detail: object) -> Callable[[Job], Any]:
        assert self.printout is not None
        pages = self.printout.pages
        ledger = self._key.partition("-")[2]
        return noted(self._workspace.office, work, kind, ledger, what=self._name, pages=pages, **detail)

    def _end(self) -> None:
        self._job = None
        self.pages.show_progress(None)
        self.bar.set_ready(self.printout is not None)

    def _take(self, prepared: tuple[Content, Printout]) -> None:
        self._content, self.printout = prepared
        self.bar.set_ready(True)
        self.pages.show_pages(self.printout.pages)
        self._draw()

    def _refused(self, error: BaseException) -> None:
        self._end()
        if self.printout is None and isinstance(error, UserError):
            stopped = isinstance(error, Cancelled)
            self.page.setText(_(N_("Stopped. Choose the paper again to go on.")) if stopped else str(error))
        else:
            self._workspace.notices.report(error)

    def _draw(self) -> None:
        if self.printout is None:
            return
        ratio = self.devicePixelRatioF()
        dpi = self._dpi(self.printout.sheet) * ratio
        work = partial(_picture, self.printout, self.pages.number(), dpi)
        self._workspace.tasks.run(work, partial(self._show, ratio), owner=self, key="page")

    def _dpi(self, sheet: Sheet) -> float:
        """The scale at which the page has the size that the user wants."""
        view = self._area.viewport().size()
        wide, high = (297, 210) if sheet.landscape else (210, 297)
        across = max(view.width() - _AROUND, _AROUND) / wide * _INCH
        down = max(view.height() - _AROUND, _AROUND) / high * _INCH
        return self.pages.scale(across, down)

    def _show(self, ratio: float, image: QImage) -> None:
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        self.page.setPixmap(picture)

    def _show_progress(self) -> None:
        if self._job is not None and self._job in self._workspace.tasks.shown():
            self.pages.show_progress(self._job.state)

    def _offer(self, path: Path, _none: None) -> None:
        answers = [
            Answer(_(N_("Open the file")), partial(_open, path)),
            Answer(_(N_("Open its folder")), partial(_open, path.parent)),
            Answer(_(N_("Close"))),
        ]
        ask(self, _(N_("The pages are saved as {name}."), name=path.name), answers, str(path.parent))

    def _say_printed(self, pages: int) -> None:
        said = _(N_("{count} pages of “{what}” are sent to the printer."), count=f"{pages:,}", what=self._name)
        self._workspace.notices.say(said, Tone.DONE)


def choice_box(choices: Sequence[tuple[str, str]], current: str, label: str) -> QComboBox:
    """A box of choices for the bar, named for a screen reader; the data of each is its key."""
    box = QComboBox()
    box.setAccessibleName(label)
    for key, text in choices:
        box.addItem(text, key)
    box.setCurrentIndex(max(box.findData(current), 0))
    return box


def _prepared(
    read: Callable[[Job], Content],
    content: Content | None,
    lay_out: Callable[[Content, Sheet, Job], Printout],
    sheet: Sheet,
    job: Job,
) -> tuple[Content, Printout]:
    known = content if content is not None else read(job)
    return known, lay_out(known, sheet, job)


def _remember(settings: Settings, key: str, landscape: bool, _job: Job) -> None:
    settings.save(SETTINGS, {**settings.load(SETTINGS), key: landscape})


def _picture(printout: Printout, number: int, dpi: float, _job: Job) -> QImage:
    return to_image(printout, number, dpi)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
