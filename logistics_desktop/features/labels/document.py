"""A design as the JSON document that the database keeps.

The document may have been written by another version of the program or by hand: what does not make sense is refused
with words, never half read.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Mapping
from typing import Any

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.design import (
    TURNS,
    Align,
    Box,
    Code,
    Design,
    Element,
    Frame,
    Level,
    Overflow,
    Picture,
    Symbology,
    Text,
)
from logistics_desktop.i18n import N_

_FORMAT = 1
_MOST_ELEMENTS = 200
_LONGEST_PATTERN = 1_000
_LONGEST = 2_000.0  # millimetres
PICTURE_BYTES = 500_000


def to_json(design: Design) -> dict[str, Any]:
    """The document of a design; its name is kept beside it."""
    elements = [_element_to_json(element) for element in design.elements]
    return {"format": _FORMAT, "width": design.width, "height": design.height, "elements": elements}


def from_json(name: str, data: Mapping[str, Any]) -> Design:
    """The design called `name` in a document. Raises `UserError` where it cannot be read."""
    try:
        if data["format"] != _FORMAT:
            raise UserError(
                N_("The label “{name}” was made by a newer version of the program. Update this one."), name=name
            )
        elements = data["elements"]
        if not isinstance(elements, list) or len(elements) > _MOST_ELEMENTS:
            raise ValueError("elements")
        made = tuple(_READ[element["kind"]](element) for element in elements)
        return Design(name, _number(data["width"], 1), _number(data["height"], 1), made)
    except (KeyError, TypeError, ValueError) as problem:
        raise UserError(N_("The label “{name}” is damaged. Delete it and make it anew."), name=name) from problem


def _element_to_json(element: Element) -> dict[str, Any]:
    box = element.box
    base = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "turn": element.turn}
    match element:
        case Text():
            own: dict[str, Any] = {
                "kind": "text",
                "pattern": element.pattern,
                "size": element.size,
                "bold": element.bold,
                "align": element.align.value,
                "overflow": element.overflow.value,
            }
        case Code():
            own = {
                "kind": "code",
                "pattern": element.pattern,
                "symbology": element.symbology.value,
                "level": element.level.value,
                "caption": element.caption,
            }
        case Picture():
            own = {"kind": "picture", "png": base64.b64encode(element.png).decode("ascii")}
        case Frame():
            own = {"kind": "frame", "line": element.line}
    return {**own, **base}


def _text(data: Mapping[str, Any]) -> Text:
    return Text(
        _box(data),
        _pattern(data),
        _number(data["size"], 1),
        bool(data["bold"]),
        Align(data["align"]),
        Overflow(data["overflow"]),
        _turn(data),
    )


def _code(data: Mapping[str, Any]) -> Code:
    symbology, level = Symbology(data["symbology"]), Level(data["level"])
    return Code(_box(data), symbology, _pattern(data), level, bool(data["caption"]), _turn(data))


def _picture(data: Mapping[str, Any]) -> Picture:
    png = base64.b64decode(data["png"], validate=True)
    if len(png) > PICTURE_BYTES:
        raise ValueError("png")
    return Picture(_box(data), png, _turn(data))


def _frame(data: Mapping[str, Any]) -> Frame:
    return Frame(_box(data), _number(data["line"], 0), _turn(data))


_READ: Mapping[str, Callable[[Mapping[str, Any]], Element]] = {
    "text": _text,
    "code": _code,
    "picture": _picture,
    "frame": _frame,
}


def _box(data: Mapping[str, Any]) -> Box:
    return Box(
        _number(data["x"], -_LONGEST),
        _number(data["y"], -_LONGEST),
        _number(data["width"], 0),
        _number(data["height"], 0),
    )


def _pattern(data: Mapping[str, Any]) -> str:
    pattern = data["pattern"]
    if not isinstance(pattern, str) or len(pattern) > _LONGEST_PATTERN:
        raise ValueError("pattern")
    return pattern


def _turn(data: Mapping[str, Any]) -> int:
    if data["turn"] not in TURNS:
        raise ValueError("turn")
    return int(data["turn"])


def _number(value: Any, least: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("number")
    if not least <= value <= _LONGEST:
        raise ValueError("number")
    return float(value)
