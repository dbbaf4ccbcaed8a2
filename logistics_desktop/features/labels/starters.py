"""Designs to begin with, for any ledger and any size: a QR code at the left, what a person reads at the right."""

from __future__ import annotations

from logistics_desktop.features.labels.design import Align, Box, Code, Design, Frame, Symbology, Text
from logistics_desktop.features.labels.filling import LINK, code_key
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Kind

_MARGIN = 2.0
_LEAST_LINE = 4.0  # millimetres
_MOST_LINES = 6
_QR_SHARE = 0.45  # of the width
_MOST_QR = 40.0
_LINE_TO_POINTS = 72 / 25.4 * 0.62  # letters fill this much of their line


def starter(entity: Entity, width: float, height: float) -> Design:
    """A label of `width` × `height` millimetres with the first fields of the ledger."""
    name = _(N_("{ledger} {width} × {height} mm"), ledger=_(entity.label), width=f"{width:g}", height=f"{height:g}")
    side = min(height - 2 * _MARGIN, width * _QR_SHARE, _MOST_QR)
    qr = Code(Box(_MARGIN, (height - side) / 2, side, side), Symbology.QR, f"{{{LINK}}}")
    left = _MARGIN * 2 + side
    room = height - 2 * _MARGIN
    keys = _keys(entity)[: max(1, min(_MOST_LINES, int(room // _LEAST_LINE)))]
    line = min(room / len(keys), 9.0)
    top = (height - line * len(keys)) / 2
    texts = tuple(
        Text(
            Box(left, round(top + at * line, 2), width - left - _MARGIN, round(line, 2)),
            f"{{{key}}}",
            round(min(line * _LINE_TO_POINTS, 14 if at < 2 else 10), 1),
            bold=at == 0,
            align=Align.LEFT,
        )
        for at, key in enumerate(keys)
    )
    frame = Frame(Box(0.5, 0.5, width - 1, height - 1), 0.25)
    return Design(name, width, height, (frame, qr, *texts))


def _keys(entity: Entity) -> list[str]:
    """The code, the title, then what the ledger shows anyway, leaving out numbers and long notes."""
    first = [code_key(entity), entity.title.key]
    wanted = (Kind.TEXT, Kind.REFERENCE, Kind.DATE, Kind.CODE)
    return [*dict.fromkeys([*first, *(f.key for f in entity if f.shown and f.kind in wanted)])]
