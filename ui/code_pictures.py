"""Codes in pictures: a photo or screenshot that is dropped on the window, pasted, or a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QImageReader

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_

_ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
_MOST_PIXELS = 100_000_000

Source = Path | QImage


def picture_in(mime: QMimeData) -> Source | None:
    """The picture that is dropped or on the clipboard, if there is one."""
    urls = mime.urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        path = Path(urls[0].toLocalFile())
        return path if path.suffix.lower() in _ENDINGS else None
    if mime.hasImage():
        image = mime.imageData()
        return image if isinstance(image, QImage) and not image.isNull() else None
    return None


def codes_in(source: Source) -> list[str]:
    """What all codes in a picture say. Raises `UserError` where there is none; for a worker, it may take a second."""
    from logistics_desktop.features.labels.reading import read_codes  # the window opens without it

    image = _read(source) if isinstance(source, Path) else source
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    found = read_codes(grey.constBits(), grey.width(), grey.height(), grey.bytesPerLine())
    if not found:
        raise UserError(N_("No code was found in the picture. Take it from nearer, sharp and without glare."))
    return found


def _read(path: Path) -> QImage:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.width() * size.height() > _MOST_PIXELS:
        raise UserError(N_("“{name}” has too many pixels to look for codes in it."), name=path.name)
    image = reader.read()
    if image.isNull():
        raise UserError(N_("“{name}” is not a picture that can be read. PNG and JPEG can."), name=path.name)
    return image
