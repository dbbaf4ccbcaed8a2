"""Small files to hang on assets: an invoice as PDF, a picture as PNG, the same bytes on every run."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

_PICTURE_SIDE = 48


def files(assets: list[dict[str, Any]]) -> Iterator[tuple[str, str, bytes]]:
    """The code of an asset, a name and the bytes of a file, for the dearest assets."""
    dearest = sorted(assets, key=lambda asset: (-asset["original_value"], asset["code"]))[:6]
    for number, asset in enumerate(dearest):
        yield asset["code"], f"发票 {asset['code']}.pdf", _invoice(asset["code"], asset["original_value"])
        if number % 2 == 0:
            yield asset["code"], f"照片 {asset['code']}.png", _picture(40 * number)


def _invoice(code: str, value: Decimal) -> bytes:
    """A page with two lines of text, by the smallest set of objects that a PDF needs."""
    drawing = f"BT /F1 18 Tf 60 740 Td (Invoice {code}) Tj 0 -28 Td (CNY {value:,.2f}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    page = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(page))
        page += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return page + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(page))
    )


def _picture(tint: int) -> bytes:
    """A square that shades from one corner to the other; stored, not packed, since packers differ."""
    side = range(_PICTURE_SIDE)
    rows = b"".join(b"\0" + bytes(part for x in side for part in (x * 4, y * 4, tint)) for y in side)
    header = struct.pack(">IIBBBBB", _PICTURE_SIDE, _PICTURE_SIDE, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
