"""What a label looks like: its size and the things on it, in millimetres from its upper left corner.

A design never changes; editing gives another one, which makes undoing and sharing between threads free.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

TURNS = (0, 90, 180, 270)  # degrees clockwise; other angles would blur the modules of a code


class Align(StrEnum):
    """Where the lines of a text begin or end."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Overflow(StrEnum):
    """What becomes of a text that is too long for its box."""

    SHRINK = "shrink"
    CLIP = "clip"


class Symbology(StrEnum):
    """The kinds of codes that can be printed."""

    QR = "qr"
    CODE_128 = "code128"
    EAN_13 = "ean13"
    EAN_8 = "ean8"


class Level(StrEnum):
    """How much of a QR code may be lost: about 7, 15, 25, 30 percent (ISO/IEC 18004)."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the label in millimetres, as it is seen, after any turning."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def moved(self, by_x: float, by_y: float) -> Box:
        """The box somewhere else."""
        return replace(self, x=self.x + by_x, y=self.y + by_y)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is in it."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Text:
    """Words, with `{fields}` of the record; `size` in points."""

    box: Box
    pattern: str
    size: float = 9.0
    bold: bool = False
    align: Align = Align.LEFT
    overflow: Overflow = Overflow.SHRINK
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A code that scanners read; `caption` writes a linear code's content below it."""

    box: Box
    symbology: Symbology
    pattern: str
    level: Level = Level.M
    caption: bool = True
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, such as a logo, kept as the bytes of a PNG; it is fitted into its box undistorted."""

    box: Box
    png: bytes
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of lines `line` millimetres thick; without width or height it is one line."""

    box: Box
    line: float = 0.3
    turn: int = 0


Element = Text | Code | Picture | Frame
E = TypeVar("E", bound=Element)


@dataclass(frozen=True, slots=True)
class Design:
    """A label: its size in millimetres, and what is on it from the lowest layer to the highest."""

    name: str
    width: float
    height: float
    elements: tuple[Element, ...] = ()

    def with_element(self, place: int, element: Element) -> Design:
        """The design with another element at `place`."""
        return replace(self, elements=(*self.elements[:place], element, *self.elements[place + 1 :]))

    def without(self, place: int) -> Design:
        """The design without the element at `place`."""
        return replace(self, elements=(*self.elements[:place], *self.elements[place + 1 :]))


def patterns(design: Design) -> tuple[str, ...]:
    """The texts with `{fields}` of every element in order; empty for those that have none."""
    return tuple(e.pattern if isinstance(e, Text | Code) else "" for e in design.elements)


def turned(element: E, turn: int) -> E:
    """The element turned to `turn` degrees about its middle, its box lying along where it stood upright."""
    box = element.box
    if (turn - element.turn) % 180:
        middle_x, middle_y = box.x + box.width / 2, box.y + box.height / 2
        box = Box(middle_x - box.height / 2, middle_y - box.width / 2, box.height, box.width)
    return replace(element, box=box, turn=turn)
