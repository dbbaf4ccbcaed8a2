"""The first page of a PDF as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_


@dataclass(frozen=True, slots=True)
class Picture:
    """`width` × `height` pixels of four bytes, blue, green, red and one that means nothing, line by line."""

    width: int
    height: int
    pixels: bytes


def first_page(path: Path, side: int) -> Picture:
    """Draw the first page so that its longer side has `side` pixels. Raises `UserError`. To be run apart."""
    try:
        document = pypdfium2.PdfDocument(path)
        page = document[0]
        bitmap = page.render(
            scale=side / max(*page.get_size(), 1),
            force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx,
            may_draw_forms=False,
        )
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        raise UserError(N_("The PDF cannot be shown: it is damaged or protected by a password.")) from None
    return Picture(bitmap.width, bitmap.height, bytes(bitmap.buffer)[: bitmap.stride * bitmap.height])
