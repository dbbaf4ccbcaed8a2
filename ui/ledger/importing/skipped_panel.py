"""Rows below the header that are no records."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.findings import Skipped
from ui.ledger.importing.course import Course
from ui.ledger.importing.lines import Lines, LinesView


class SkippedPanel(QWidget):
    """The number of the row, and why it was skipped."""

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        headers = [_(N_("Row")), _(N_("Why it is skipped"))]
        self.list: LinesView[Skipped] = LinesView(Lines(headers, _texts), (8,))
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.list)

    def refresh(self) -> int:
        """Show the rows and give their number."""
        self.list.lines.show(self._course.sheet.skipped if self._course.sheet else ())
        return len(self.list.lines.items)


def _texts(skipped: Skipped) -> tuple[str, ...]:
    return f"{skipped.row:,}", str(skipped.reason)
