"""The rows of a ledger for a table view: any number of them, read as they come into sight."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.colours import Rule
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.groups import Path
from ui.ledger.drafts import Drafts
from ui.ledger.outline import Heading, Ids, Outline
from ui.ledger.painting import WAITING
from ui.ledger.reading import FEW, Again, Block, Reader, Texts, record_place
from ui.ledger.sorting import sort_sign
from ui.workspace import Workspace

_KEPT = 4_000  # rows kept as text; a screen shows about forty

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NO_INDEX = QModelIndex()

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")


class LedgerModel(QAbstractTableModel):
    """Every field of the ledger is a column; only those asked for are read.

    A new question shows its first rows as soon as they are there, then learns the ids of all rows, then reads rows
    by id wherever the user looks (`look_at`). Only the newest question is answered. Where rows are grouped, the groups
    come first and the ids of a group's rows when it is opened; the line of a group's heading has an id below zero.
    """

    started = Signal()  # a new question was asked
    shown = Signal()  # its first rows are there
    completed = Signal()  # the ids of all its rows are there
    failed = Signal()  # and the notices said why
    totalled = Signal(object)  # Totals
    opened = Signal()  # groups were opened or closed
    replaced = Signal(object)  # Again: a refresh found other rows or another order

    def __init__(self, workspace: Workspace, entity: Entity, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entity = entity
        self._workspace = workspace
        self._reader = Reader(workspace.office, entity, Query(), ())
        self._fields = entity.fields
        self.to_the_right = [kinds.numeric(field) for field in self._fields]
        self._ids: array[int] = array("q")
        self._texts: OrderedDict[int, Texts] = OrderedDict()
        self._marks: dict[int, int] = {}
        self._editors: dict[int, str] = {}
        self._outline: Outline | None = None
        self._open: frozenset[Path] = frozenset()
        self._versions: dict[int, int] = {}
        self.drafts = Drafts()
        self._asked: frozenset[int] = frozenset()
        self._top = 0
        self.complete = False  # whether the ids of all rows are there
        self.completed.connect(self._become_complete)

    @property
    def reader(self) -> Reader:
        """The question that is on show."""
        return self._reader

    def ask(
        self, query: Query, keys: tuple[str, ...], groups: tuple[str, ...] = (), rules: tuple[Rule, ...] = ()
    ) -> None:
        """Show the rows that `query` finds, with the fields `keys`, grouped by `groups` and coloured by `rules`."""
        if groups != self._reader.groups:
            self._open = frozenset()
        self._reader = Reader(self._reader.office, self.entity, query, keys, groups, rules)
        self.complete = False
        self.started.emit()
        if groups:
            self._run("ids", partial(self._reader.outline, self._open), self._take_groups)
        else:
            self._run("ids", self._reader.first, partial(self._take_first, self._reader))
        self._run("totals", self._reader.totals, self.totalled.emit)

    def refresh(self, keep: Collection[int], top: int, bottom: int) -> None:
        """Read everything again because somebody changed the ledger; rows `top` to `bottom` are on show."""
        reader = self._reader
        again = partial(reader.again, self._ids, keep, top, max(bottom - top + 1, FEW), open_=self._open)
        self._run("ids", lambda job: again(job=job), partial(self._take_again, reader))
        self._run("totals", reader.totals, self.totalled.emit)

    def read_again(self, first: int, last: int) -> None:
        """Read rows `first` to `last` again because somebody changed the ledger, and leave the order as it is."""
        seen = self.ids(range(first, min(last + 1, len(self._ids))))
        self._texts = OrderedDict((each, self._texts[each]) for each in seen if each in self._texts)
        self._run("again", partial(self._reader.some, seen), partial(self._take_some, self._reader))

    @property
    def grouped(self) -> bool:
        """Whether the rows are in groups."""
        return self._outline is not None

    def heading_at(self, row: int) -> Heading | None:
        """The group whose heading a line is; None for a row of the ledger."""
        line = self._ids[row]
        return self._outline.heading(line) if line < 0 and self._outline else None

    def is_open(self, heading: Heading) -> bool:
        """Whether what is below a heading is on show."""
        return heading.path in self._open

    def above(self, row: int) -> int | None:
        """The line of the heading that a line is below."""
        line, heading = row, self.heading_at(row)
        while line > 0:
            line -= 1
            higher = self.heading_at(line)
            if higher is not None and (heading is None or higher.level < heading.level):
                return line
        return None

    def toggle(self, row: int) -> None:
        """Open the group of a heading, or close it."""
        heading = self.heading_at(row)
        if heading is not None and self._outline is not None:
            self._show_open(self._open ^ {heading.path})

    def open_all(self, *, opened: bool) -> None:
        """Open all groups, or close them."""
        if self._outline is not None:
            self._show_open(self._outline.every() if opened else frozenset())

    def mark_at(self, row: int) -> int | None:
        """Which rule colours a row, if one does."""
        return self._marks.get(self._ids[row])

    def show_editors(self, names: dict[int, str]) -> None:
        """Mark the rows, by id, that somebody else is at work on."""
        self._editors = names
        self._show_again()

    def edited_at(self, row: int) -> bool:
        """Whether somebody else is at work on a row."""
        return self._ids[row] in self._editors

    def count(self, rows: range) -> int:
        """The number of records among consecutive lines."""
        return self._outline.count(rows) if self._outline else len(rows)

    def look_at(self, first: int, last: int) -> None:
        """Have the rows that came into sight read, and some more in the direction of scrolling."""
        downwards, self._top = first >= self._top, first
        seen = self._ids[first : last + 1]
        for each in seen:
            if each in self._texts:
                self._texts.move_to_end(each)
        ahead = self._ids[last + 1 : last + 1 + FEW] if downwards else self._ids[max(first - FEW, 0) : first]
        missing = [each for each in (*seen, *ahead) if each > 0 and each not in self._texts]
        urgent = any(each > 0 and each not in self._texts for each in seen)
        if (urgent or len(missing) > FEW // 2) and not self._asked.issuperset(missing):
            self._asked = frozenset(missing)
            self._run("rows", partial(self._reader.some, array("q", missing)), partial(self._take_some, self._reader))

    def row_of(self, record: int, likely: int) -> int | None:
        """The line where a record stands, if it is among them; `likely` is looked at first and may be -1."""
        return record_place(self._ids, record, likely)

    def records(self, rows: range) -> list[range]:
        """Consecutive lines without the headings among them."""
        there = range(rows.start, min(rows.stop, len(self._ids)))
        if self._outline is not None:
            return self._outline.records(there)
        return [there] if there else []

    def id_at(self, row: int) -> int:
        """The id of a row; below zero for a heading."""
        return self._ids[row]

    def ids(self, rows: range) -> array[int]:
        """The ids of the records among consecutive lines."""
        return self._outline.rows(rows) if self._outline else self._ids[rows.start : rows.stop]

    def texts_at(self, row: int) -> Texts | None:
        """The texts of a row, one for each field, with what was typed over them, of a heading its sums.

        None while they are on their way.
        """
        heading = self.heading_at(row)
        if heading is not None:
            return heading.texts
        texts = self._texts.get(self._ids[row])
        return None if texts is None else self.drafts.over(self._ids[row], texts)

    def version_at(self, row: int) -> int:
        """The version of a row whose texts are there."""
        return self._versions[self._ids[row]]

    def take(self, block: Block) -> None:
        """Show rows as they were just stored."""
        self._keep(block)
        self._show_again()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """The number of rows known so far."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """One column for each field of the ledger."""
        return 0 if parent.isValid() else len(self._fields)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """The text of a cell, or a sign that it is on its way."""
        if role == _TOOL_TIP:
            problem = self.drafts.refused(self._ids[index.row()]).get(index.column())
            if problem:
                return problem
        if role in (_DISPLAY, _TOOL_TIP):
            texts = self.texts_at(index.row())
            if role == _TOOL_TIP and self.edited_at(index.row()):
                return _(N_("{who} is editing this record just now."), who=self._editors[self._ids[index.row()]])
            return WAITING if texts is None else texts[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if self.to_the_right[index.column()] else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """The label of a field, with its place in the order of sorting; the number of a row."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == _DISPLAY else None
        field = self._fields[section]
        if role == _DISPLAY:
            return f"{sort_sign(self._reader.query.sorts, field.key)}{_(field.label)}"
        if role == _TOOL_TIP:
            return _(field.help) if field.help else _(field.label)
        if role == _ALIGNMENT:
            return _RIGHT if self.to_the_right[section] else _LEFT
        return None

    def _take_first(self, reader: Reader, block: Block) -> None:
        self.beginResetModel()
        self._outline = None
        self._ids = block.ids
        self._forget()
        self._keep(block)
        self.endResetModel()
        self.shown.emit()
        if len(block.ids) < FEW:
            self.completed.emit()
        else:
            self._run("ids", reader.ids, self._take_ids)

    def _take_ids(self, ids: array[int]) -> None:
        known = len(self._ids)
        if ids[:known] == self._ids:
            self.beginInsertRows(_NO_INDEX, known, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
        else:  # somebody changed the first rows in between
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
        self.completed.emit()

    def _take_again(self, reader: Reader, again: Again) -> None:
        if not again.same:
            self.beginResetModel()
        wanted = self._open
        self._ids = again.ids
        if again.outline is not None:
            self._set_outline(again.outline)
        self._forget()
        self._keep(again.block)
        if again.same:
            self._show_again()
        else:
            self.endResetModel()
            self.replaced.emit(again)
        if again.outline is not None and wanted & again.outline.every() != again.outline.open:
            self._show_open(wanted & again.outline.every())  # the user opened or closed a group meanwhile
        self.completed.emit()

    def _take_groups(self, outline: Outline) -> None:
        self.beginResetModel()
        self._forget()
        self._set_outline(outline)
        self.endResetModel()
        self.shown.emit()
        self.completed.emit()

    def _show_open(self, open_: frozenset[Path]) -> None:
        """Show what is below these groups, once it is read."""
        assert self._outline is not None
        outline, unread = self._outline, self._outline.unread(open_)
        if unread:
            work = partial(self._reader.ids_in, unread, outline)
            self._run("group", work, partial(self._take_open, outline, open_))
        else:
            self._take_open(outline, open_, {})

    def _take_open(self, outline: Outline, open_: frozenset[Path], ids: Ids) -> None:
        if outline is not self._outline:  # read again meanwhile
            return
        after = Outline(outline.headings, {**outline.ids, **ids}, open_)
        more = len(after.lines) - len(outline.lines)
        first = _below(outline, open_ ^ outline.open)
        if first is not None and more > 0:
            self.beginInsertRows(_NO_INDEX, first, first + more - 1)
            self._set_outline(after)
            self.endInsertRows()
        elif first is not None and more < 0:
            self.beginRemoveRows(_NO_INDEX, first, first - more - 1)
            self._set_outline(after)
            self.endRemoveRows()
        else:
            self.beginResetModel()
            self._set_outline(after)
            self.endResetModel()
        self.opened.emit()

    def _set_outline(self, outline: Outline) -> None:
        self._outline = outline
        self._open = outline.open
        self._ids = outline.lines

    def _take_some(self, reader: Reader, block: Block) -> None:
        if reader is self._reader:
            self._asked = frozenset()
            self._keep(block)
            self._show_again()

    def _show_again(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._fields) - 1))

    def _become_complete(self) -> None:
        self.complete = True

    def _forget(self) -> None:
        self._texts.clear()
        self._marks.clear()
        self._versions.clear()
        self._asked = frozenset()

    def _keep(self, block: Block) -> None:
        self._texts.update(block.texts)
        self._versions.update(block.versions)
        self._marks.update(block.marks)
        while len(self._texts) > _KEPT:
            gone = self._texts.popitem(last=False)[0]
            self._versions.pop(gone, None)
            self._marks.pop(gone, None)

    def _run(self, key: str, work: Callable[[Job], T], then: Callable[[T], object]) -> None:
        self._workspace.tasks.run(work, then, owner=self, key=key, on_error=self._failed)

    def _failed(self, error: BaseException) -> None:
        self._asked = frozenset()
        self._workspace.notices.report(error)
        self.failed.emit()


def _below(outline: Outline, changed: frozenset[Path]) -> int | None:
    """The line below the heading of the only group that was opened or closed, if there is only one and it is seen."""
    numbers = [-at - 1 for at, heading in enumerate(outline.headings) if heading.path in changed]
    if len(numbers) != 1 or numbers[0] not in outline.lines:
        return None
    return outline.lines.index(numbers[0]) + 1
