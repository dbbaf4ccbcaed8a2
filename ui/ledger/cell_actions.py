"""What one does with cells: copy, paste, clear, change many, find and replace."""

from __future__ import annotations

import uuid
from array import array
from functools import partial
from itertools import chain

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.edits import Step
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.workbook.pasting import Pasted
from ui.ledger import clipboard, paste_work
from ui.ledger.cell_selection import Band, one_block, runs
from ui.ledger.clipboard import Copied
from ui.ledger.importing.work import Checked
from ui.ledger.paste_dialog import PasteDialog
from ui.ledger.paste_target import Block, aim
from ui.ledger.paste_work import Choices, Stored
from ui.ledger.rows_dialog import Rows, RowsDialog, change_dialog, replace_dialog
from ui.ledger.table import LedgerTable
from ui.notices import Tone
from ui.workspace import Workspace


class CellActions:
    """Works on the selected cells of a table; nothing is stored before the user has seen what it does."""

    def __init__(self, workspace: Workspace, entity: Entity, table: LedgerTable, parent: QWidget) -> None:
        self._workspace = workspace
        self._entity = entity
        self._table = table
        self._parent = parent

    def copy(self, *, with_header: bool = False) -> None:
        """Put the selected cells on the clipboard."""
        bands = self._table.selected_bands()
        if not bands:
            return
        try:
            rows, columns = one_block(bands)
        except UserError as error:
            self._workspace.notices.report(error)
            return
        keys = [self._entity.fields[at].key for at in columns]
        ids: array[int] = array("q")
        for part in rows:
            ids.extend(self._table.rows.ids(part))
        work = partial(clipboard.copied, self._table.rows.reader, ids, keys, with_header)
        title = _(N_("Copying {count} rows"), count=f"{len(ids):,}")
        self._workspace.tasks.run(work, _to_clipboard, owner=self._parent, key="copy", title=title)

    def paste(self) -> None:
        """Take the cells from the clipboard to the selected ones, after showing what that would do."""
        work = partial(paste_work.read, QGuiApplication.clipboard().text())
        self._workspace.tasks.run(
            work, self._aim, owner=self._parent, key="paste", title=_(N_("Reading the clipboard"))
        )

    def clear(self) -> None:
        """Empty the selected cells."""
        if self._table.selected_bands():
            self._aim([("",)])

    def change_rows(self) -> RowsDialog:
        """Ask for one change of the selected rows, or of all that the filter finds."""
        return self._open(change_dialog(*self._for_rows()))

    def replace(self) -> RowsDialog:
        """Ask what is to be found and replaced in a column."""
        return self._open(replace_dialog(*self._for_rows()))

    def _aim(self, block: Block) -> None:
        try:
            pasted = self._pasted(block)
        except UserError as error:
            self._workspace.notices.report(error)
            return
        work = partial(paste_work.check, self._workspace.office, self._entity, pasted, Choices())
        show = partial(self._show, pasted)
        title = _(N_("Checking the cells"))
        self._workspace.tasks.run(work, show, owner=self._parent, key="paste", title=title)

    def _pasted(self, block: Block) -> Pasted:
        model = self._table.rows
        if not model.complete:
            raise UserError(N_("The rows are still being read. Paste again in a moment."))
        rows, columns = one_block(self._table.selected_bands() or self._at_keyboard())
        count = model.rowCount()
        target = aim(
            block,
            list(chain.from_iterable(map(model.records, rows))),
            columns,
            self._table.shown_columns(),
            model.records(range(rows[0].start, count)),
        )
        parts = runs(target.rows)
        known = chain.from_iterable(map(model.ids, parts))
        numbers = chain.from_iterable(range(part.start + 1, part.stop + 1) for part in parts)
        return Pasted(
            {self._entity.fields[at].key: cells for at, cells in target.columns.items()},
            [*known, *[None] * target.new],
            [*numbers, *range(count + 1, count + 1 + target.new)],
        )

    def _at_keyboard(self) -> list[Band]:
        """The cell that the keyboard is on, the first one below an empty table."""
        current = self._table.currentIndex()
        row, column = (current.row(), current.column()) if current.isValid() else (0, self._table.shown_columns()[0])
        return [Band(range(row, row + 1), (column,))]

    def _show(self, pasted: Pasted, checked: Checked) -> None:
        if paste_work.is_one_change(checked):
            work = partial(paste_work.store, self._workspace.office, checked, uuid.uuid4())
            self._workspace.edits.run(lambda: work, self._pasted_cells)
            return
        dialog = PasteDialog(self._workspace, self._entity, pasted, checked, self._parent)
        dialog.stored.connect(self._pasted_cells)
        dialog.open()

    def _pasted_cells(self, stored: Stored) -> None:
        self._workspace.edits.add(stored.step)
        said, applied = N_("{changed} rows changed, {new} new."), stored.applied
        self._workspace.notices.say(_(said, changed=f"{applied.changed:,}", new=f"{applied.new:,}"), Tone.DONE)
        self._table.refresh()

    def _changed_rows(self, step: Step) -> None:
        self._workspace.edits.add(step)
        self._workspace.notices.say(_(N_("{count} rows changed."), count=f"{step.rows:,}"), Tone.DONE)
        self._table.refresh()

    def _for_rows(self) -> tuple[Workspace, Entity, Rows, str, QWidget]:
        current = self._table.currentIndex()
        at = current.column() if current.isValid() else self._table.shown_columns()[0]
        model = self._table.rows
        rows = Rows(self._table.selected_ids(), model.reader.query, model.rowCount())
        return self._workspace, self._entity, rows, self._entity.fields[at].key, self._parent

    def _open(self, dialog: RowsDialog) -> RowsDialog:
        dialog.stored.connect(self._changed_rows)
        dialog.open()
        return dialog


def _to_clipboard(copied: Copied) -> None:
    QGuiApplication.clipboard().setMimeData(copied.mime())
