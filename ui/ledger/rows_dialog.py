"""One change of many rows: which rows, what change, and how many of them change before anything does."""

from __future__ import annotations

import uuid
from array import array
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from logistics_desktop.context import Office
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import bulk
from logistics_desktop.ledger.batch_steps import LARGE, step_of
from logistics_desktop.ledger.bulk import Outlook, Refusal, Sample
from logistics_desktop.ledger.edits import Step
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.many import Change
from logistics_desktop.ledger.set_based import read_locked
from logistics_desktop.ledgers import LEDGERS
from ui.ledger.change_inputs import ChangeInputs, ReplaceInputs
from ui.ledger.importing.lines import Lines, LinesView
from ui.workspace import Workspace

_SIZE = (640, 560)
_PAUSE_MS = 300
_SAMPLE_WIDTHS = (26, 22, 22)
_REFUSAL_WIDTHS = (8, 48, 24)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows to choose from: those that are selected, and all that the filter finds."""

    selected: array[int]
    query: Query
    found: int


def _look(office: Office, entity: Entity, scope: bulk.Scope, change: Change, job: Job) -> Outlook:
    with office.session() as session:
        return bulk.look_ahead(session, LEDGERS, entity, scope, change, job)


def _store(office: Office, entity: Entity, outlook: Outlook, job: Job) -> Step:
    batch, few = uuid.uuid4(), len(outlook.ids) <= LARGE

    def work(session: Any) -> Step:
        before = read_locked(session, entity, outlook.ids) if few else {}
        bulk.change_rows(session, LEDGERS, entity, outlook, batch, job)
        key = outlook.change.key
        was = {record: {key: locked.values[key]} for record, locked in before.items()}
        return step_of(session, LEDGERS, entity, batch, was, len(outlook.ids))

    return office.save(work, request=batch, job=job)


class RowsDialog(QDialog):
    """Looks ahead whenever something is typed; “Change” does what was shown, in one transaction."""

    stored = Signal(object)  # Step

    def __init__(
        self,
        workspace: Workspace,
        entity: Entity,
        rows: Rows,
        inputs: ChangeInputs | ReplaceInputs,
        title: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{title}: {_(entity.label)}")
        self.resize(*_SIZE)
        self._workspace = workspace
        self._entity = entity
        self._rows = rows
        self._outlook: Outlook | None = None
        self.inputs = inputs
        self.some = QRadioButton(_(N_("The {count} selected rows"), count=f"{len(rows.selected):,}"))
        self.all = QRadioButton(_(N_("All {count} rows that the filter finds"), count=f"{rows.found:,}"))
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        headers = [_(N_("Row")), _(N_("Before")), _(N_("After"))]
        self.samples: LinesView[Sample] = LinesView(Lines(headers, _sample), _SAMPLE_WIDTHS)
        headers = [_(N_("Rows")), _(N_("Why they cannot be changed")), _(N_("For example"))]
        self.refusals: LinesView[Refusal] = LinesView(Lines(headers, _refusal), _REFUSAL_WIDTHS)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.change = buttons.addButton(_(N_("Change")), QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons = buttons
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self._look_soon()

    def look(self) -> None:
        """Look ahead at once."""
        self._pause.stop()
        try:
            change = self.inputs.change()
        except UserError as error:
            self.said.setText(str(error))
            return
        scope: bulk.Scope = self._rows.selected if self.some.isChecked() else self._rows.query
        work = partial(_look, self._workspace.office, self._entity, scope, change)
        title = _(N_("Checking the rows"))
        self._workspace.tasks.run(work, self._show, owner=self, key="rows", on_error=self._refused, title=title)

    def _lay_out(self) -> None:
        (self.some if len(self._rows.selected) > 1 else self.all).setChecked(True)
        self.some.setEnabled(len(self._rows.selected) > 0)
        column = QVBoxLayout(self)
        column.addWidget(self.some)
        column.addWidget(self.all)
        column.addWidget(self.inputs)
        column.addWidget(self.said)
        column.addWidget(self.samples, 2)
        column.addWidget(self.refusals, 1)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.look)
        self.inputs.changed.connect(self._look_soon)
        self.some.toggled.connect(lambda _on: self._look_soon())
        self._buttons.rejected.connect(self.reject)
        self.change.clicked.connect(self._store)

    def _look_soon(self) -> None:
        self._show(None)
        self._pause.start()

    def _show(self, outlook: Outlook | None) -> None:
        self._outlook = outlook
        self.samples.lines.show(outlook.samples if outlook else ())
        self.refusals.lines.show(outlook.refusals if outlook else ())
        self.refusals.setVisible(bool(outlook and outlook.refusals))
        count = len(outlook.ids) if outlook else 0
        self.change.setText(_(N_("Change {count} rows"), count=f"{count:,}") if count else _(N_("Change")))
        self.change.setEnabled(count > 0)
        self.change.setDefault(True)
        self.said.setText(_in_words(outlook) if outlook else "…")

    def _store(self) -> None:
        assert self._outlook is not None
        self.change.setEnabled(False)
        work = partial(_store, self._workspace.office, self._entity, self._outlook)
        title = _(N_("Changing rows"))
        self._workspace.edits.run(lambda: work, self._done, self._refused, title)

    def _done(self, step: Step) -> None:
        self.stored.emit(step)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self._show(None)
        if isinstance(error, UserError):
            self.said.setText(str(error))
        else:
            self._workspace.notices.report(error)


def change_dialog(
    workspace: Workspace, entity: Entity, rows: Rows, key: str, parent: QWidget | None = None
) -> RowsDialog:
    """The dialog that gives a field of many rows a value, clears it, or adds to it; it begins with the field `key`."""
    return RowsDialog(workspace, entity, rows, ChangeInputs(workspace, entity, key), _(N_("Change rows")), parent)


def replace_dialog(
    workspace: Workspace, entity: Entity, rows: Rows, key: str, parent: QWidget | None = None
) -> RowsDialog:
    """The dialog that finds and replaces in one column."""
    inputs = ReplaceInputs(workspace, entity, key)
    return RowsDialog(workspace, entity, rows, inputs, _(N_("Find and replace")), parent)


def _in_words(outlook: Outlook) -> str:
    said = _(
        N_("Of {rows} rows {change} change, {same} stay as they are."),
        rows=f"{outlook.rows:,}",
        change=f"{len(outlook.ids):,}",
        same=f"{outlook.same:,}",
    )
    if outlook.refused:
        said += " " + _(N_("{count} cannot be changed and are left out."), count=f"{outlook.refused:,}")
    return said


def _sample(sample: Sample) -> tuple[str, ...]:
    return sample.title, sample.before or "∅", sample.after or "∅"


def _refusal(refusal: Refusal) -> tuple[str, ...]:
    return f"{refusal.count:,}", refusal.reason, ", ".join(refusal.examples)
