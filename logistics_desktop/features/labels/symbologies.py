"""What each kind of code can hold, and its pattern of dark and light modules.

Sizes and quiet zones are those of the standards: Code 128 in ISO/IEC 15417, EAN in ISO/IEC 15420, QR in ISO/IEC 18004.
The patterns are made by zxing-cpp.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zxingcpp

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.design import Level, Symbology
from logistics_desktop.i18n import N_


@dataclass(frozen=True, slots=True)
class Rules:
    """What a symbology asks for: quiet zones in modules, and the smallest module in millimetres.

    Below that module ordinary hand scanners and telephones begin to fail.
    """

    format: zxingcpp.BarcodeFormat
    title: str
    quiet_left: int
    quiet_right: int
    least_module: float
    linear: bool = True


RULES: Mapping[Symbology, Rules] = {
    Symbology.QR: Rules(zxingcpp.BarcodeFormat.QRCode, "QR", 4, 4, 0.25, linear=False),
    Symbology.CODE_128: Rules(zxingcpp.BarcodeFormat.Code128, "Code 128", 10, 10, 0.19),
    Symbology.EAN_13: Rules(zxingcpp.BarcodeFormat.EAN13, "EAN-13", 11, 7, 0.264),
    Symbology.EAN_8: Rules(zxingcpp.BarcodeFormat.EAN8, "EAN-8", 7, 7, 0.264),
}

_EAN_DIGITS = {Symbology.EAN_13: 13, Symbology.EAN_8: 8}
_LONGEST_128 = 80


@dataclass(frozen=True, slots=True)
class Modules:
    """The pattern: `rows` of bytes, each 1 for dark; one row where the code is linear. `content` is what it says."""

    content: str
    rows: tuple[bytes, ...]

    @property
    def width(self) -> int:
        """Modules from left to right, without quiet zones."""
        return len(self.rows[0])

    @property
    def height(self) -> int:
        """Rows of modules; 1 for a linear code, which may be as high as one likes."""
        return len(self.rows)


def check_digit(digits: str) -> str:
    """The last digit of the EAN that begins with `digits`: weights 3 and 1 from the right (GS1)."""
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-weighted % 10)


@lru_cache(maxsize=64)
def encode(symbology: Symbology, content: str, level: Level = Level.M) -> Modules:
    """The pattern of `content`; an EAN without its check digit gets it. Raises `UserError` where it cannot be."""
    whole = _checked(symbology, content)
    options: dict[str, Any] = {} if RULES[symbology].linear else {"ec_level": level.value}
    try:
        code = zxingcpp.create_barcode(whole, RULES[symbology].format, **options)
    except ValueError as problem:
        raise UserError(
            N_("{length} characters are too many for a QR code. Shorten the content."), length=len(whole)
        ) from problem
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    pixels = memoryview(image)
    height, width = image.shape
    flat = pixels.cast("B").tobytes().translate(_DARK)
    rows = tuple(flat[at * width : (at + 1) * width] for at in range(height))
    return Modules(whole, rows[:1] if RULES[symbology].linear else rows)


_DARK = bytes(1 if grey < 128 else 0 for grey in range(256))


def _checked(symbology: Symbology, content: str) -> str:
    if not content:
        raise UserError(N_("There is nothing to encode: the field is empty."))
    if symbology in _EAN_DIGITS:
        return _ean(symbology, content)
    if symbology is Symbology.CODE_128:
        wrong = next((char for char in content if not " " <= char <= "~"), None)
        if wrong is not None:
            raise UserError(
                N_("“{char}” cannot be in a Code 128, which takes Latin letters, digits and signs. Use a QR code."),
                char=wrong,
            )
        if len(content) > _LONGEST_128:
            raise UserError(
                N_("{length} characters are too many for a Code 128; {most} are possible."),
                length=len(content),
                most=_LONGEST_128,
            )
    return content


def _ean(symbology: Symbology, content: str) -> str:
    wanted = _EAN_DIGITS[symbology]
    title = RULES[symbology].title
    if not (content.isascii() and content.isdigit()) or len(content) not in (wanted - 1, wanted):
        raise UserError(
            N_("“{content}” is not an {symbology}, which has {digits} digits (or {fewer}: the last is then added)."),
            content=content,
            symbology=title,
            digits=wanted,
            fewer=wanted - 1,
        )
    body = content[: wanted - 1]
    right = check_digit(body)
    if len(content) == wanted and content[-1] != right:
        raise UserError(
            N_("“{content}” is not an {symbology}: its last digit should be {right}."),
            content=content,
            symbology=title,
            right=right,
        )
    return body + right
