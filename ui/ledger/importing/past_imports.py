"""The imports of a ledger that were made before, each of which can be undone."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.workbook.batches import Batch
from logistics_desktop.workbook.undo import Undone
from ui.ledger.importing import work
from ui.ledger.importing.lines import Lines, LinesView
from ui.ledger.importing.tones import Tone, colour
from ui.ledger.importing.words import moment, undone_text
from ui.workspace import Workspace

_SIZE = (1080, 460)
_WIDTHS = (18, 14, 30, 18, 13, 10, 12, 10)


class PastImports(QDialog):
    """Who imported what and when; undoing says in words what stands in the way."""

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(N_("Earlier imports: {ledger}"), ledger=_(entity.label)))
        self.resize(*_SIZE)
        self._workspace = workspace
        self._entity = entity
        headers = [
            _(N_("When")),
            _(N_("Who")),
            _(N_("File")),
            _(N_("Sheet")),
            _(N_("Newly added")),
            _(N_("Changed")),
            _(N_("Unchanged")),
            _(N_("Refused")),
            _(N_("State")),
        ]
        self.list: LinesView[Batch] = LinesView(Lines(headers, _texts, _colour), _WIDTHS)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.chosen.connect(self._enable)
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.undo = QPushButton(_(N_("Undo this import")), autoDefault=False)
        self.undo.setEnabled(False)
        self.undo.clicked.connect(lambda: self.undo_selected())
        close = QPushButton(_(N_("Close")))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.undo)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.read()

    def read(self) -> None:
        """Read the list."""
        do = partial(work.past, self._workspace.office, self._entity)
        self._workspace.tasks.run(do, self._fill, owner=self, key="past", on_error=self._fail)

    def undo_selected(self) -> None:
        """Take the selected import back."""
        for batch in self.list.selected():
            self.undo.setEnabled(False)
            self._say("hint", _(N_("Undoing the import")) + " …")
            do = partial(work.take_back, self._workspace.office, batch.id)
            self._workspace.tasks.run(do, self._tell, owner=self, key="undo", on_error=self._fail)

    def _fill(self, batches: list[Batch]) -> None:
        self.list.lines.show(batches)
        if not batches:
            self._say("hint", _(N_("Nothing was imported into this ledger yet.")))
        self._enable()

    def _enable(self) -> None:
        self.undo.setEnabled(any(batch.undone_at is None for batch in self.list.selected()))

    def _tell(self, undone: Undone) -> None:
        self._say("good", undone_text(undone))
        self.read()

    def _fail(self, error: BaseException) -> None:
        self._enable()
        if isinstance(error, UserError):
            self._say("bad", str(error))
        else:
            self._workspace.notices.report(error)

    def _say(self, tone: str, text: str) -> None:
        self.said.setObjectName(tone)
        self.said.style().polish(self.said)
        self.said.setText(text)


def _texts(batch: Batch) -> tuple[str, ...]:
    counts = (batch.new, batch.changed, batch.unchanged, batch.refused)
    state = ""
    if batch.undone_at is not None:
        state = _(N_("Undone by {who} on {at}"), who=batch.undone_by, at=moment(batch.undone_at))
    return moment(batch.at), batch.who, batch.file_name, batch.sheet, *(f"{count:,}" for count in counts), state


def _colour(batch: Batch) -> QColor | None:
    return None if batch.undone_at is None else colour(Tone.MUTED)
