"""Editing in the cells of a table: F2 begins, Enter and Tab store and go on, Esc leaves.

A cell is stored as soon as it is left, not when its row is: others see it at once, a power cut costs one cell, and one
undo takes back what one Enter did. The user does not wait for the database. What it refuses stays in its cell, framed,
with the reason, until it is corrected or dropped. While cells are edited the order of the rows stays as it is.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from logistics_desktop.errors import Conflict, UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.edits import CellErrors, Edit, Step
from ui.ledger import saving
from ui.ledger.cell_editor import CellEditor, Move
from ui.ledger.drafts import Draft
from ui.ledger.reading import Block
from ui.ledger.table import LedgerTable
from ui.notices import Tone
from ui.workspace import Workspace

MOST_FILLED = 10_000  # rows; more than that is a change that wants to be looked at first


class CellEditing(QObject):
    """What the keys do in the cells of one table."""

    def __init__(self, workspace: Workspace, table: LedgerTable) -> None:
        super().__init__(table)
        self._workspace = workspace
        self._table = table
        self._rows = table.rows
        self._fields = table.rows.entity.fields
        self.editor: CellEditor | None = None
        self._changed = False  # whether the rows may have to be sorted again
        self._home = 0  # the column to which Enter goes back after Tabs
        self._wanted: tuple[int, int] | None = None  # the row and column to edit as soon as its texts are there
        self._followed: dict[tuple[int, int], int] = {}  # the version that a version became by a change from here
        for moved in (table.verticalScrollBar().valueChanged, table.horizontalScrollBar().valueChanged):
            moved.connect(lambda *_what: self._place())
        table.resized.connect(self._place)
        table.columns_changed.connect(self._place)
        self._rows.dataChanged.connect(lambda *_what: self._catch_up())
        self._rows.replaced.connect(lambda _again: self._place())
        workspace.edits.stored.connect(self._follow)

    def start(self) -> None:
        """Edit the cell that the keyboard is on."""
        index = self._table.currentIndex()
        if index.isValid() and self._rows.heading_at(index.row()) is None and self._is_open(index.column()):
            self._home = index.column()
            self._table.keeps_order = True
            self._open(index.row(), index.column())

    def _is_open(self, column: int) -> bool:
        """Whether a column may be changed cell by cell; says so where it may not."""
        field = self._fields[column]
        if field.weighed:
            text = N_("{field} is changed in the form (Enter), which shows what follows before it is saved.")
            self._workspace.notices.say(_(text, field=_(field.label)))
        return not field.weighed

    def fill_down(self) -> None:
        """Give the selected cells the values of the first row; a single row takes them from the one above."""
        index = self._table.currentIndex()
        ids = self._table.selected_ids()
        if len(ids) == 1 and index.isValid() and index.row() > 0:
            ids = self._rows.ids(range(index.row() - 1, index.row() + 1))
        if len(ids) < 2 or not index.isValid():
            self._workspace.notices.say(_(N_("Select the rows to fill; the first gives its value to those below.")))
        elif len(ids) > MOST_FILLED:
            said = _(
                N_("{count} rows are selected; at most {most} can be filled at once."),
                count=f"{len(ids):,}",
                most=f"{MOST_FILLED:,}",
            )
            self._workspace.notices.say(said, Tone.WARNING)
        elif all(self._is_open(at) for at in self._filled_columns()):
            work = partial(saving.fill, self._workspace.office, self._rows.entity, self._filled_keys(), ids)
            title = _(N_("Filling {count} rows"), count=f"{len(ids):,}")
            self._workspace.edits.run(lambda: work, self._filled, title=title)

    def _filled_keys(self) -> tuple[str, ...]:
        return tuple(self._fields[at].key for at in self._filled_columns())

    def _filled_columns(self) -> list[int]:
        """The columns that are selected; of whole rows the one that the keyboard is on, as others must differ."""
        columns = {at for band in self._table.selected_bands() for at in band.columns}
        if self._table.whole_rows() or not columns:
            columns = {self._table.currentIndex().column()}
        return sorted(columns)

    def may_end(self) -> bool:
        """Store what is being typed; whether nothing is left that could not be stored."""
        if self.editor is not None:
            self.editor.take(Move.STAY)
        self._workspace.edits.wait()
        return not self._rows.drafts.any_refused()

    def _filled(self, step: Step) -> None:
        self._workspace.edits.add(step)
        self._workspace.notices.say(
            _(N_("{count} cells filled."), count=f"{sum(len(one.after) for one in step.made):,}"), Tone.DONE
        )

    def _open(self, row: int, column: int) -> None:
        index = self._rows.index(row, column)
        self._table.stand_on(index)
        texts = self._rows.texts_at(row)
        self._wanted = (row, column) if texts is None else None
        if texts is None:
            return
        record = self._rows.id_at(row)
        draft = self._rows.drafts.get(record, column)
        editor = CellEditor(self._workspace, self._fields[column], texts[column], self._table.viewport())
        editor.lay_over(self._table.visualRect(index))
        if draft is not None and draft.problem:
            editor.show_draft(draft.text, draft.problem)
        version = (draft and draft.version) or self._rows.version_at(row)
        editor.taken.connect(partial(self._take, record, version, column))
        editor.dropped.connect(partial(self._drop, record, column))
        self.editor = editor
        editor.show()
        editor.setFocus()
        editor.select_all()

    def _take(self, record: int, version: int, column: int, move: Move, what: tuple[Any, str] | None) -> None:
        self._close()
        if what is not None:
            self._store(record, version, column, *what)
        target = self._target(move)
        if target is None:
            self._leave(back=move is not Move.STAY)
        else:
            self._open(*target)

    def _drop(self, record: int, column: int) -> None:
        """Leave the cell as it is stored."""
        draft = self._rows.drafts.get(record, column)
        if draft is not None and draft.problem:
            self._rows.drafts.drop(record, column)
        self._close()
        self._leave(back=True)

    def _close(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.end_quietly()
            editor.hide()
            editor.deleteLater()

    def _leave(self, *, back: bool) -> None:
        self._wanted = None
        self._table.keeps_order = False
        if back:
            self._table.setFocus()
        if self._changed:
            self._changed = False
            self._table.refresh()
        self._table.viewport().update()

    def _target(self, move: Move) -> tuple[int, int] | None:
        """The row and column to go to; None where the table ends."""
        index = self._table.currentIndex()
        across, down = move.value
        if not index.isValid() or move is Move.STAY:
            return None
        shown = [self._fields.index(field) for field in self._table.shown_fields() if not field.weighed]
        if down:
            row, place = index.row() + down, shown.index(self._home) if self._home in shown else 0
        else:
            row, place = divmod(index.row() * len(shown) + shown.index(index.column()) + across, len(shown))
        while 0 <= row < self._rows.rowCount() and self._rows.heading_at(row) is not None:
            row += down or across
        return (row, shown[place]) if 0 <= row < self._rows.rowCount() else None

    def _store(self, record: int, version: int, column: int, value: Any, text: str) -> None:
        """Have a cell stored when those before it are; one that cannot even be read is refused at once."""
        if isinstance(value, UserError):
            self._refused(record, column, text, value)
            return
        field = self._fields[column]
        self._rows.drafts.put(record, column, Draft(text))

        def begin() -> saving.SaveCell:
            edit = Edit(record, self._newest(record, version), {field.key: value})
            return saving.SaveCell(self._rows.reader, edit)

        then = partial(self._stored, record, column)
        self._workspace.edits.run(begin, then, partial(self._refused, record, column, text))

    def _stored(self, record: int, column: int, saved: tuple[Step, Block]) -> None:
        step, block = saved
        self._rows.drafts.drop(record, column)
        self._changed = True
        self._workspace.edits.add(step)
        self._rows.take(block)

    def _refused(self, record: int, column: int, text: str, error: BaseException) -> None:
        """Keep what was typed in its cell, and go back there unless the user is busy with another."""
        if not isinstance(error, UserError):
            self._rows.drafts.drop(record, column)
            self._workspace.notices.report(error)
            return
        why = self._why(record, column, error)
        version = error.theirs.version if isinstance(error, Conflict) else None
        self._rows.drafts.put(record, column, Draft(text, why, version))
        self._table.viewport().update()
        field = _(self._fields[column].label)
        self._workspace.notices.say(_(N_("{field} “{text}” is not stored: {why}"), field=field, text=text, why=why))
        if isinstance(error, Conflict):
            self._table.refresh()
        if self.editor is not None and not self.editor.touched:
            row = self._row_of(record)
            self._close()
            if row is not None:
                self._open(row, column)

    def _why(self, record: int, column: int, error: UserError) -> str:
        if isinstance(error, CellErrors):
            by_field = error.by_record.get(record, {})
            own = by_field.get(self._fields[column].key)
            others = [f"{_(self._rows.entity.by_key[key].label)}: {one}" for key, one in by_field.items()]
            return str(own) if own is not None else "; ".join(others)
        if isinstance(error, Conflict):
            return _(N_("{problem} Enter stores yours over it, Esc keeps theirs."), problem=error)
        return str(error)

    def _row_of(self, record: int) -> int | None:
        """Where a record is, looked for where the user has just been."""
        first, last = self._table.visible_rows()
        seen = self._rows.ids(range(first, last + 1))
        return first + seen.index(record) if record in seen else None

    def _follow(self, step: Step) -> None:
        """Know which versions of the rows on show are the user's own doing."""
        if step.ledger == self._rows.entity.key:
            self._followed.update({(one.record, one.was): one.now for one in step.made if one.was < one.now})
            self._followed.update({(one.record, one.now): one.was for one in step.made if one.now < one.was})

    def _newest(self, record: int, version: int) -> int:
        while (record, version) in self._followed:
            version = self._followed[record, version]
        return version

    def _catch_up(self) -> None:
        """Texts have come: open the cell that waited for them, show what others made of the one that is open."""
        if self._wanted is not None:
            self._open(*self._wanted)
        elif self.editor is not None and self._table.currentIndex().isValid():
            texts = self._rows.texts_at(self._table.currentIndex().row())
            if texts is not None:
                self.editor.show_stored(texts[self._table.currentIndex().column()])

    def _place(self) -> None:
        if self.editor is not None and self._table.currentIndex().isValid():
            self.editor.lay_over(self._table.visualRect(self._table.currentIndex()))
