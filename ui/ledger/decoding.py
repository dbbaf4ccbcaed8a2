"""A picture file decoded small, to be run apart: see logistics_desktop.apart."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.pages import Picture

_MOST_PIXELS = 100_000_000
_MOST_MEGABYTES = 400


def scaled_picture(path: Path, side: int) -> Picture:
    """Give the picture so that its longer side has at most `side` pixels, on white. Raises `UserError`."""
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > _MOST_PIXELS:
            raise UserError(N_("The picture has too many points to show."))
        if max(size.width(), size.height()) > side:
            kept = size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)
            reader.setScaledSize(kept.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise UserError(N_("The picture cannot be shown: it is damaged, or of a kind that is not drawn here."))
    return as_picture(image)


def as_picture(image: QImage) -> Picture:
    """The points of an image as they are handed between processes."""
    ground = QImage(image.size(), QImage.Format.Format_RGB32)
    ground.fill(Qt.GlobalColor.white)
    painter = QPainter(ground)
    painter.drawImage(0, 0, image)
    painter.end()
    return Picture(ground.width(), ground.height(), bytes(ground.constBits()))
