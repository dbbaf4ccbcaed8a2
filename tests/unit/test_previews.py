"""Strangers' files are only opened in a process of their own, under limits."""

from __future__ import annotations

import os
import time
import zlib
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from logistics_desktop.apart import apart
from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.jobs import Job
from logistics_desktop.pages import Picture, first_page
from ui.ledger.decoding import scaled_picture


def _forever() -> None:
    while True:
        pass


def _greedy() -> int:
    hoard = [bytes([number]) * 50_000_000 for number in range(1, 60)]
    return len(hoard)


def _die() -> None:
    os._exit(3)


def _refuse() -> None:
    raise UserError("no {what}", what="way")


def pdf(*sizes: tuple[int, int], draw: bytes = b"1 0 0 rg 0 0 5000 5000 re f") -> bytes:
    """A PDF with a page of each size, painted by `draw`."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(sizes)))
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(sizes)), b"<<>>"]
    for at, (width, height) in enumerate(sizes):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R>>" % (width, height, 5 + 2 * at)
        parts += [page, b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw)]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + end % (size, table, size, len(out))


def colour_in_the_middle(picture: Picture) -> str:
    image = QImage(picture.pixels, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
    return image.pixelColor(picture.width // 2, picture.height // 2).name()


def test_the_first_page_is_drawn_in_its_shape(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf((200, 400), (300, 300)))
    picture = apart(first_page, path, 100, job=Job())
    assert (picture.width, picture.height) == (50, 100)
    assert len(picture.pixels) == 50 * 100 * 4
    assert colour_in_the_middle(picture) == "#ff0000"


@pytest.mark.parametrize("content", [b"%PDF-1.7 and nothing", b"", pdf(), pdf((200, 200))[:150]])
def test_a_pdf_that_is_none_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(UserError, match="damaged"):
        apart(first_page, path, 100, job=Job())


def test_a_page_as_large_as_a_field_is_drawn_as_small_as_any(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf((14_400, 200_000)))
    picture = apart(first_page, path, 100, job=Job())
    assert max(picture.width, picture.height) <= 101


def test_a_picture_is_made_small_on_white(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    image = QImage(2_000, 1_000, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    image.save(str(path))
    picture = apart(scaled_picture, path, 100, job=Job())
    assert (picture.width, picture.height) == (100, 50)
    assert colour_in_the_middle(picture) == "#ffffff"


def _bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says it is `side` × `side`."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = side.to_bytes(4, "big") * 2 + b"\x08\x06\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1_000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "said"), [(_bomb(50_000), "too many points"), (b"\x89PNG\r\n\x1a\nnope", "damaged")]
)
def test_a_hostile_picture_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    with pytest.raises(UserError, match=said):
        apart(scaled_picture, path, 100, job=Job())


def test_work_that_never_ends_eats_all_or_dies_takes_only_its_own_process() -> None:
    began = time.monotonic()
    with pytest.raises(UserError, match="too much time or memory"):
        apart(_forever, job=Job(), seconds=0.5)
    with pytest.raises(UserError, match="too much time or memory"):
        apart(_greedy, job=Job(), megabytes=200)
    with pytest.raises(UserError, match="damaged"):
        apart(_die, job=Job())
    with pytest.raises(UserError, match="no way"):
        apart(_refuse, job=Job())
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        apart(_forever, job=stopped)
    assert time.monotonic() - began < 30
