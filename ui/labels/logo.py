"""A picture file made small enough to be part of a label."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.document import PICTURE_BYTES
from logistics_desktop.i18n import N_

_SIDES = (1000, 600, 300, 150)  # pixels; the first that is small enough as a file is taken
_MOST_PIXELS = 50_000_000


def read_logo(path: Path) -> bytes:
    """The picture at `path` as a PNG. Raises `UserError` where it is none, or far too large."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() * size.height() > _MOST_PIXELS:
        raise UserError(N_("“{name}” has too many pixels for a label. Make it smaller first."), name=path.name)
    image = reader.read()
    if image.isNull():
        raise UserError(N_("“{name}” is not a picture that can be read. PNG and JPEG can."), name=path.name)
    for side in _SIDES:
        png = _png(_within(image, side))
        if len(png) <= PICTURE_BYTES:
            return png
    raise UserError(N_("“{name}” has too many pixels for a label. Make it smaller first."), name=path.name)


def _within(image: QImage, side: int) -> QImage:
    if max(image.width(), image.height()) <= side:
        return image
    mode = Qt.TransformationMode.SmoothTransformation
    return image.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, mode)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
