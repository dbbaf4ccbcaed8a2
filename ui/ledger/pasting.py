"""Files and pictures from the clipboard or a drag."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job

T = TypeVar("T")

_LONGEST_SIDE = 20_000  # pixels


def from_clipboard(data: QMimeData) -> list[Path] | QImage:
    """Give the files in `data`; where there are none, the picture; or an empty list."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths or not data.hasImage():
        return paths
    image = data.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else []


def store_picture(image: QImage, store: Callable[[list[Path], Job], T], job: Job) -> T:
    """Write the picture as PNG, named after the time, and hand it to `store`. Raises `UserError`."""
    with tempfile.TemporaryDirectory(prefix="logistics-") as folder:
        at = datetime.now().astimezone()
        path = Path(folder) / f"{_(N_('Picture {at}'), at=f'{at:%Y-%m-%d %H.%M.%S}')}.png"
        if max(image.width(), image.height()) > _LONGEST_SIDE or not image.save(str(path), "PNG"):  # type: ignore[call-overload]
            raise UserError(N_("The picture on the clipboard cannot be stored."))
        return store([path], job)
