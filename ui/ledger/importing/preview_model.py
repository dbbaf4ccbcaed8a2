"""The rows of a sheet with what an import would do to them, for a table of any length."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Field
from logistics_desktop.workbook.planned import Cell, Line, Outcome, Unmet
from ui.ledger.importing.tones import OUTCOMES, Tone
from ui.ledger.importing.work import Checked

_Index = QModelIndex | QPersistentModelIndex
_BLOCK = 64  # rows that are put into words at once
_KEPT = 40  # blocks
_LONGEST = 200  # characters of a cell; the tip shows all
_DISPLAY, _TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
LOOK = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is painted: what it was before, where it changes, and its tone."""

    before: str | None
    after: str
    tone: Tone | None


class PreviewModel(QAbstractTableModel):
    """A column for the row's fate, then one for each field that the sheet fills."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.checked: Checked | None = None
        self.fields: Sequence[Field] = ()
        self._places: Sequence[int] = ()
        self._blocks: dict[int, list[Line]] = {}

    def show(self, checked: Checked | None, outcomes: frozenset[Outcome]) -> None:
        """Show the rows with one of these fates, all rows where none is named."""
        self.beginResetModel()
        self.checked = checked
        self._blocks.clear()
        if checked is None:
            self.fields, self._places = (), ()
        else:
            self.fields = [checked.plan.entity.by_key[key] for key in checked.plan.keys]
            everything = range(len(checked.plan.row_numbers))
            self._places = (
                sorted(chain.from_iterable(map(checked.places.__getitem__, outcomes))) if outcomes else everything
            )
        self.endResetModel()

    def find(self, row: int, key: str | None) -> QModelIndex:
        """The cell of a field in a row of the sheet; not valid where the row is not shown."""
        if self.checked is None:
            return QModelIndex()
        place = bisect_left(self.checked.plan.row_numbers, row)
        at = bisect_left(self._places, place)
        if at == len(self._places) or self._places[at] != place:
            return QModelIndex()
        keys = self.checked.plan.keys
        return self.index(at, keys.index(key) + 1 if key in keys else 0)

    def line(self, row: int) -> Line:
        """A row in words."""
        assert self.checked is not None
        block = row // _BLOCK
        if block not in self._blocks:
            if len(self._blocks) >= _KEPT:
                del self._blocks[next(iter(self._blocks))]
            places = self._places[block * _BLOCK : (block + 1) * _BLOCK]
            self._blocks[block] = self.checked.preview.lines(places)
        return self._blocks[block][row % _BLOCK]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of rows on show."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The fate and the fields."""
        return 0 if parent.isValid() else len(self.fields) + 1

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """A cell as text, with all that is to be said of it as its tip, and its look for the delegate."""
        if role not in (_DISPLAY, _TIP, LOOK):
            return None
        line = self.line(index.row())
        if index.column() == 0:
            return _fate(line, role)
        cell = line.cells[index.column() - 1]
        if role == _TIP:
            return _tip(cell)
        if role == LOOK:
            return Look(_short(cell.before), _short(cell.text), self._tone(index, cell))
        return _short(cell.text) if cell.before is None else f"{_short(cell.before)} → {_short(cell.text)}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The fields' names, and the numbers of the rows as the spreadsheet program shows them."""
        if role != _DISPLAY or self.checked is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.checked.plan.row_numbers[self._places[section]]
        return _(self.fields[section - 1].label) if section else _(N_("What happens"))

    def _tone(self, index: _Index, cell: Cell) -> Tone | None:
        if cell.refused:
            return Tone.WRONG
        if cell.problem:
            return Tone.DOUBTFUL
        if cell.before is not None:
            return Tone.CHANGED
        assert self.checked is not None
        column = self.checked.plan.values[self.fields[index.column() - 1].key]
        return Tone.NEW_NAME if type(column[self._places[index.row()]]) is Unmet else None


def _fate(line: Line, role: int) -> Any:
    if role == LOOK:
        wrong = line.outcome is Outcome.REFUSED
        return Look(None, _(OUTCOMES[line.outcome]), Tone.WRONG if wrong else None)
    return line.problem if role == _TIP else _(OUTCOMES[line.outcome])


def _tip(cell: Cell) -> str:
    value = cell.text if cell.before is None else f"{cell.before or '∅'} → {cell.text or '∅'}"
    return "\n\n".join(part for part in (cell.problem, value) if part)


def _short(text: str | None) -> Any:
    """A text in one line that is not longer than anybody reads in a table."""
    return None if text is None else text[:_LONGEST].replace("\n", " ")
