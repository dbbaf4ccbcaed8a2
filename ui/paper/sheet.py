"""The sheet of paper, and what is drawn on it.

Lengths are twentieths of a point: fine enough for a screen, a printer and a PDF to agree on where a line ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPen

from ui.paper.face import POINT, Face

DPI = 72 * POINT
MILLIMETRE = DPI / 25.4
PAPERS = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "half": (140.0, 241.0)}
"""The short and the long side of each paper in millimetres; `half` is half a page of continuous paper."""
_SIDE, _TOP, _BOTTOM = 14 * MILLIMETRE, 14 * MILLIMETRE, 18 * MILLIMETRE
_HAIR = 0.4 * POINT

BLACK, GREY, RULE, SHADE, TINT = "#000000", "#555555", "#9a9a9a", "#e4e7eb", "#f3f4f6"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper, upright or across; `left` to `bottom` is the part for the content, the page's foot stands below it."""

    landscape: bool = False
    paper: str = "A4"

    @property
    def width(self) -> float:
        """The whole sheet from side to side."""
        return PAPERS[self.paper][self.landscape] * MILLIMETRE

    @property
    def height(self) -> float:
        """The whole sheet from top to bottom."""
        return PAPERS[self.paper][not self.landscape] * MILLIMETRE

    @property
    def left(self) -> float:
        """Where the content begins."""
        return _SIDE

    @property
    def right(self) -> float:
        """Where the content ends."""
        return self.width - _SIDE

    @property
    def top(self) -> float:
        """Where the content begins."""
        return _TOP

    @property
    def bottom(self) -> float:
        """Where the content ends."""
        return self.height - _BOTTOM

    @property
    def room(self) -> float:
        """The width of the content."""
        return self.right - self.left

    @property
    def size(self) -> QPageSize:
        """What printers call it; what has no name there is told in millimetres."""
        known = {"A4": QPageSize.PageSizeId.A4, "A5": QPageSize.PageSizeId.A5}.get(self.paper)
        if known is not None:
            return QPageSize(known)
        return QPageSize(
            QSizeF(*PAPERS[self.paper]), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch
        )

    @property
    def orientation(self) -> QPageLayout.Orientation:
        """What printers call it."""
        return QPageLayout.Orientation.Landscape if self.landscape else QPageLayout.Orientation.Portrait


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its base line."""

    x: float
    y: float
    text: str
    face: Face
    colour: str = BLACK

    def draw(self, painter: QPainter) -> None:
        """Write it."""
        painter.setPen(QColor(self.colour))
        painter.setFont(self.face.font)
        painter.drawText(QPointF(self.x, self.y), self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """A thin straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str = RULE

    def draw(self, painter: QPainter) -> None:
        """Draw it."""
        painter.setPen(QPen(QColor(self.colour), _HAIR))
        painter.drawLine(QPointF(self.x, self.y), QPointF(self.to_x, self.to_y))


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str = SHADE

    def draw(self, painter: QPainter) -> None:
        """Fill it."""
        painter.fillRect(QRectF(self.x, self.y, self.width, self.height), QColor(self.colour))


@dataclass(frozen=True, slots=True)
class Code:
    """A pattern of dark modules, such as a QR code's; `side` is its width."""

    x: float
    y: float
    side: float
    rows: tuple[bytes, ...]

    def draw(self, painter: QPainter) -> None:
        """Fill the modules, those beside each other in one stroke, so that no hair shows between them."""
        module = self.side / len(self.rows)
        for down, row in enumerate(self.rows):
            for run in _DARK.finditer(row):
                left, right = self.x + run.start() * module, self.x + run.end() * module
                painter.fillRect(QRectF(left, self.y + down * module, right - left, module), QColor(BLACK))


_DARK = re.compile(rb"\x01+")

Mark = Text | Line | Box | Code


class Printout(Protocol):
    """Something laid out on pages; any page can be had at any time, from any thread."""

    @property
    def title(self) -> str:
        """What it is called, also as a file."""

    @property
    def sheet(self) -> Sheet:
        """What it is printed on."""

    @property
    def pages(self) -> int:
        """How many pages there are."""

    def page(self, number: int) -> Sequence[Mark]:
        """Everything on a page; the first is 0."""
