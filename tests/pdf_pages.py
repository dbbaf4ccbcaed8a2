"""PDFs as a person sees them: turned into pictures whose codes are read back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp

MM_PER_INCH = 25.4


def page_sizes(path: Path) -> list[tuple[float, float]]:
    """The sizes of the pages in millimetres."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        points = [document.get_page_size(at) for at in range(len(document))]
    return [(round(w / 72 * MM_PER_INCH, 1), round(h / 72 * MM_PER_INCH, 1)) for w, h in points]


def codes(path: Path, dpi: int = 300) -> list[list[tuple[str, str, float, float]]]:
    """For each page its codes: kind, content, and the corner in millimetres, from left to right in lines."""
    return [sorted(_codes(image, dpi), key=lambda code: (round(code[3] / 5), code[2])) for image in _images(path, dpi)]


def texts(path: Path) -> list[str]:
    """The text of each page."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [document[at].get_textpage().get_text_range() for at in range(len(document))]


def pixels(path: Path, dpi: int) -> list[tuple[bytes, int, int]]:
    """The pages in grey: bytes, width and the bytes of a line."""
    return [(bytes(image.buffer), image.width, image.stride) for image in _images(path, dpi)]


def _images(path: Path, dpi: int) -> Iterator[Any]:
    with closing(pypdfium2.PdfDocument(path)) as document:
        for at in range(len(document)):
            with closing(document[at]) as page, closing(page.render(scale=dpi / 72, grayscale=True)) as image:
                yield image


def _codes(image: Any, dpi: int) -> Iterator[tuple[str, str, float, float]]:
    pixels: Any = bytes(image.buffer)  # the view does not keep them alive
    view = zxingcpp.ImageView(pixels, image.width, image.height, zxingcpp.ImageFormat.Lum, image.stride)
    for code in zxingcpp.read_barcodes(view):
        corner = code.position.top_left
        yield str(code.format), code.text, corner.x * MM_PER_INCH / dpi, corner.y * MM_PER_INCH / dpi
