"""The lines of a document as a table: the asset as it is, what was said of it, what keeps it off the document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from logistics_desktop.features.documents import layouts
from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.features.documents.opened import ShownLine
from logistics_desktop.i18n import N_, _

_COLUMNS = (
    "code",
    "name",
    "specification",
    "quantity",
    "original_value",
    "book_value",
    "status",
    "department",
    "keeper",
    "location",
)
_WIDEST = 260  # pixels


class LinesTable(QTableWidget):
    """Shows lines; `with_problems` adds the column that says why one cannot stay."""

    def __init__(self, kind: Kind, *, with_problems: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = tuple(field.key for field in kind.line_fields)
        self._problems = with_problems
        heads = [_(layouts.OF_ASSET[key]) for key in _COLUMNS] + [_(field.label) for field in kind.line_fields]
        heads += [_(N_("Not possible because"))] if with_problems else []
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(heads)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setStretchLastSection(True)

    def show_lines(self, lines: Sequence[ShownLine]) -> None:
        """Show these lines and keep the selected places selected."""
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            self.show_line(row, line)
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            self.setColumnWidth(column, min(self.columnWidth(column), _WIDEST))
        if self._problems:
            self.setColumnHidden(self.columnCount() - 1, not any(line.problem for line in lines))

    def show_line(self, row: int, line: ShownLine) -> None:
        """Show one line in its row."""
        texts = [line.asset_texts[key] for key in _COLUMNS] + [line.said_texts.get(key, "") for key in self._said]
        for column, text in enumerate([*texts, line.problem] if self._problems else texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if column < len(_COLUMNS) and _COLUMNS[column] in layouts.NUMBERS:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)

    def selected_rows(self) -> list[int]:
        """The places of the selected lines, from the top down."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())
