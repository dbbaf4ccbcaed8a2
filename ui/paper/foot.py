"""The line at the foot of every page: who printed it and when, what it is, which page of how many."""

from __future__ import annotations

from datetime import datetime

from logistics_desktop.i18n import N_, _
from ui.paper.face import Face
from ui.paper.sheet import GREY, MILLIMETRE, Line, Mark, Sheet, Text

_POINTS = 7.5
_TITLE_SHARE = 0.4  # of the width
_DOWN = 4 * MILLIMETRE


def foot(sheet: Sheet, title: str, by: str, at: datetime, number: int, pages: int) -> list[Mark]:
    """The foot of page `number`, the first being 0."""
    face = Face(_POINTS)
    title = face.wrap(title, sheet.room * _TITLE_SHARE, most=1)[0]
    y = sheet.bottom + _DOWN
    said = _(N_("Printed by {who}, {at}"), who=by, at=f"{at:%Y-%m-%d %H:%M}")
    count = _(N_("Page {number} of {pages}"), number=f"{number + 1:,}", pages=f"{pages:,}")
    marks: list[Mark] = [Line(sheet.left, y - face.height, sheet.right, y - face.height)]
    for x, text in (
        (sheet.left, said),
        ((sheet.left + sheet.right - face.width(title)) / 2, title),
        (sheet.right - face.width(count), count),
    ):
        marks.append(Text(x, y + face.ascent - face.height / 2, text, face, GREY))
    return marks
