"""Reading codes out of a picture, such as a photo of a label."""

from __future__ import annotations

from typing import Any

import zxingcpp


def read_codes(grey: bytes | bytearray | memoryview, width: int, height: int, stride: int) -> list[str]:
    """The contents of all codes in a picture of `width` × `height` grey bytes, `stride` bytes a row; each once."""
    buffer: Any = grey
    view = zxingcpp.ImageView(buffer, width, height, zxingcpp.ImageFormat.Lum, stride)
    found = zxingcpp.read_barcodes(view, text_mode=zxingcpp.TextMode.Plain)
    return list(dict.fromkeys(code.text for code in found if code.valid and code.text.strip()))
