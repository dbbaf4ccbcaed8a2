"""What a picture or the first page of a PDF looks like, beside the list of files."""

from __future__ import annotations

import tempfile
from collections import OrderedDict
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from logistics_desktop import attachments
from logistics_desktop.apart import apart
from logistics_desktop.attachments import Attached
from logistics_desktop.context import Office
from logistics_desktop.filetypes import media_type
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.pages import Picture, first_page
from ui.ledger.decoding import scaled_picture
from ui.workspace import Workspace

_SIDE = 1_000  # pixels of the longer side
_HEIGHT = 220
_KEPT = 8

Source = Attached | Path


def _draw(office: Office, source: Source, job: Job) -> Picture | None:
    """The picture of a file, None for a kind that has none. The file is only read in another process."""
    if isinstance(source, Path):
        return _draw_file(source, media_type(source), job)
    if not _has_picture(source.media_type):
        return None
    with tempfile.TemporaryDirectory(prefix="logistics-") as folder:
        path = Path(folder) / "file"
        with office.session() as session:
            attachments.save_copy(session, source.id, path)
        return _draw_file(path, source.media_type, job)


def _draw_file(path: Path, kind: str, job: Job) -> Picture | None:
    if not _has_picture(kind):
        return None
    decode = first_page if kind == "application/pdf" else scaled_picture
    return apart(decode, path, _SIDE, job=job)


def _has_picture(kind: str) -> bool:
    return kind == "application/pdf" or (kind.startswith("image/") and kind != "image/vnd.dwg")


class Preview(QLabel):
    """Shows one file, or says why not."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._workspace = workspace
        self._pixmaps: OrderedDict[Source, QPixmap] = OrderedDict()
        self._source: Source | None = None
        self.drawing = QPixmap()
        self.setObjectName("hint")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hide()

    def sizeHint(self) -> QSize:
        """As high as a card, as wide as there is room."""
        return QSize(_HEIGHT, _HEIGHT)

    def show_file(self, source: Source | None) -> None:
        """Show a file; None shows nothing."""
        if source == self._source:
            return
        self._source = source
        self.drawing = QPixmap()
        self.setVisible(source is not None)
        if source is None:
            return
        if source in self._pixmaps:
            self._take(source, None)
            return
        self.setText(_(N_("Preparing the preview …")))
        work = partial(_draw, self._workspace.office, source)
        take = partial(self._take, source)
        self._workspace.tasks.run(work, take, owner=self, key="draw", on_error=partial(self._say, source))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture as large as there is room, never larger than it is."""
        if self.drawing.isNull():
            super().paintEvent(event)
            return
        ratio = self.devicePixelRatioF()
        room = self.contentsRect().size() * ratio
        mode, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        drawn = self.drawing.scaled(room.boundedTo(self.drawing.size()), mode, smooth)
        drawn.setDevicePixelRatio(ratio)
        size = drawn.deviceIndependentSize().toSize()
        area = self.contentsRect()
        left, top = (area.width() - size.width()) // 2, (area.height() - size.height()) // 2
        QPainter(self).drawPixmap(area.left() + left, area.top() + top, drawn)

    def _take(self, source: Source, picture: Picture | None) -> None:
        if picture is not None:
            width, height = picture.width, picture.height
            image = QImage(picture.pixels, width, height, width * 4, QImage.Format.Format_RGB32)
            self._pixmaps[source] = QPixmap.fromImage(image)
            while len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
        if source != self._source:
            return
        self.drawing = self._pixmaps.get(source, QPixmap())
        self.setText("" if source in self._pixmaps else _(N_("There is no preview for files of this kind.")))
        self.update()

    def _say(self, source: Source, error: BaseException) -> None:
        if source == self._source:
            self.setText(str(error))
