"""Count, sum, average, least and greatest of the selected cells, in the status bar."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer

from logistics_desktop.context import Office
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.cell_totals import CellTotals, Rows, cell_totals, in_words
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.stopping import stoppable
from ui.ledger.table import LedgerTable
from ui.workspace import Workspace

_PAUSE_MS = 200  # while a range is drawn, only where it rests is summed

Part = tuple[Rows, tuple[str, ...]]


class QuickTotals(QObject):
    """Asks the database, so that a million selected cells cost the window nothing."""

    def __init__(self, workspace: Workspace, table: LedgerTable) -> None:
        super().__init__(table)
        self._workspace = workspace
        self._table = table
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)
        table.selectionModel().selectionChanged.connect(lambda *_what: self._pause.start())
        table.rows.completed.connect(self._pause.start)
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A table that is not seen says nothing; seen again, it says its own."""
        if event.type() == QEvent.Type.Hide:
            self._workspace.show_totals("")
        elif event.type() == QEvent.Type.Show:
            self._pause.start()
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        bands = self._table.selected_bands()
        if not self._table.isVisible():
            return
        if sum(len(band.rows) * len(band.columns) for band in bands) < 2:
            self._workspace.show_totals("")
            return
        model = self._table.rows
        fields, reader, count = model.entity.fields, model.reader, model.rowCount()
        parts: list[Part] = []
        for band in bands:
            whole = model.complete and not model.grouped and len(band.rows) == count
            rows: Rows = reader.query if whole else model.ids(band.rows)
            parts.append((rows, tuple(fields[at].key for at in band.columns)))
        work = partial(_totals, reader.office, reader.entity, parts)
        then = partial(self._show, tuple(dict.fromkeys(key for _rows, keys in parts for key in keys)))
        self._workspace.tasks.run(work, then, owner=self, key="totals")

    def _show(self, keys: tuple[str, ...], totals: CellTotals) -> None:
        if self._table.isVisible():
            self._workspace.show_totals(in_words(self._table.rows.entity, keys, totals))


def _totals(office: Office, entity: Entity, parts: list[Part], job: Job) -> CellTotals:
    with office.session() as session, stoppable(session, job):
        return cell_totals(session, LEDGERS, entity, parts, job)
