"""Who else is at work on the rows of a ledger: heard from the database, shown in the table and over the form."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from db.presence import Row, editing_news
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.merging import same
from logistics_desktop.ledger.records import Record
from ui.workspace import Workspace

_LOOK_AGAIN_MS = 20_000  # a PC that was switched off takes its signs away without a word


class Editors(QObject):
    """Keeps up to date who else has typed into which row; looks only while there is somebody to show it to."""

    changed = Signal(object)  # row id to the names, as one text

    def __init__(self, workspace: Workspace, entity: Entity, shown_to: QWidget) -> None:
        super().__init__(shown_to)
        self._workspace = workspace
        self._entity = entity
        self._shown_to = shown_to
        self.names: dict[int, str] = {}
        self._again = QTimer(self, interval=_LOOK_AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self.look)
        workspace.changes.changed.connect(self._hear)

    def look(self) -> None:
        """Ask the database."""
        if self._shown_to.isVisible():
            office, table = self._workspace.office, self._entity.table
            # Nobody needs to be told that it failed: the status line says that the connection is lost.
            self._workspace.tasks.run(
                lambda _job: office.editors(table), self._take, owner=self, key="editors", on_error=self._lost
            )

    def _hear(self, tables: frozenset[str]) -> None:
        if editing_news(self._entity.table) in tables:
            self.look()

    def _take(self, found: dict[int, tuple[str, ...]]) -> None:
        names = {row: _(N_(", ")).join(who) for row, who in found.items()}
        if names:
            self._again.start()
        if names != self.names:
            self.names = names
            self.changed.emit(names)

    def _lost(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self._workspace.notices.report(error)
        self._take({})


class EditingSign:
    """Tells the others which record is being edited here: from the first letter until it is saved or left."""

    def __init__(self, workspace: Workspace, entity: Entity) -> None:
        self._presence = workspace.office.presence
        self._table = entity.table
        self._row: Row | None = None

    def show(self, record: int | None) -> None:
        """It is this record now, or none."""
        row = None if record is None else Row(self._table, record)
        if row != self._row:
            if self._row is not None:
                self._presence.end(self._row)
            if row is not None:
                self._presence.begin(row)
            self._row = row


class PresenceBar(QLabel):
    """Over the form: who else is at work on the record, and what somebody has saved of it meanwhile."""

    def __init__(self, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.setObjectName("presence")
        self._entity = entity
        self._editing = ""
        self._saved = ""
        self.hide()

    def begin(self, editors: str) -> None:
        """Another record is on show, or the same one as it is stored now."""
        self._saved = ""
        self.show_editors(editors)

    def show_editors(self, names: str) -> None:
        """Say who else has typed into the record; an empty text is nobody."""
        self._editing = names
        self._say()

    def tell_saved(self, before: Record, now: Record) -> None:
        """Say what somebody has saved while the user was typing."""
        fields = [_(field.label) for field in self._entity if not same(before.values[field.key], now.values[field.key])]
        self._saved = _(
            N_("{who} has saved this record meanwhile: {fields}. Your saving will be put together with it."),
            who=now.origin.updated_by,
            fields=_(N_(", ")).join(fields),
        )
        self._say()

    def tell_gone(self, why: BaseException) -> None:
        """Say that the record is not there any more."""
        self._saved = str(why)
        self._say()

    def _say(self) -> None:
        said = [self._saved] if self._saved else []
        if self._editing:
            said.append(_(N_("{who} is editing this record just now."), who=self._editing))
        self.setText("\n".join(said))
        self.setVisible(bool(said))
