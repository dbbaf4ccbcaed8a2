"""What pasting would do, before it does it: each cell before and after, and what cannot be taken."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.workbook.pasting import Pasted
from logistics_desktop.workbook.planned import Outcome
from ui.ledger import paste_work
from ui.ledger.importing.preview_table import PreviewTable
from ui.ledger.importing.problems_panel import ProblemsPanel
from ui.ledger.importing.tones import OUTCOMES
from ui.ledger.importing.work import Checked
from ui.ledger.paste_work import Choices, Stored
from ui.workspace import Workspace

_SIZE = (980, 560)
_SIDE = 380


class PasteDialog(QDialog):
    """Shows a checked block; nothing is stored before “Paste”, and then all of it or nothing."""

    stored = Signal(object)  # Stored

    def __init__(
        self, workspace: Workspace, entity: Entity, pasted: Pasted, checked: Checked, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(N_("Paste: {ledger}"), ledger=_(entity.label)))
        self.resize(*_SIZE)
        self._workspace = workspace
        self._entity = entity
        self._pasted = pasted
        self._new = sum(record is None for record in pasted.records)
        self._checked = checked
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.fates = {outcome: QPushButton(autoDefault=False) for outcome in OUTCOMES}
        self.table = PreviewTable()
        self.problems = ProblemsPanel(entity, lambda: self._checked)
        self.clear = QCheckBox(_(N_("Empty cells clear what is there")))
        self.new_rows = QCheckBox(_(N_("Create {count} new rows from what goes beyond the last row"), count=self._new))
        self.names = QCheckBox()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.paste = buttons.addButton(_(N_("Paste")), QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons = buttons
        # One for all attempts: where nobody knows whether it was stored, it is not stored twice.
        self._batch = uuid.uuid4()
        self._lay_out()
        self._connect()
        self._show(checked)

    def _lay_out(self) -> None:
        fates = QHBoxLayout()
        for button in self.fates.values():
            button.setCheckable(True)
            button.setObjectName("fate")
            fates.addWidget(button)
        fates.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.problems)
        split.setStretchFactor(0, 1)
        split.setSizes([_SIZE[0] - _SIDE, _SIDE])
        column = QVBoxLayout(self)
        column.addWidget(self.said)
        column.addLayout(fates)
        column.addWidget(split, 1)
        for box in (self.clear, self.new_rows, self.names):
            column.addWidget(box)
        column.addWidget(self._buttons)
        self.clear.setChecked(True)
        self.new_rows.setChecked(True)
        self.new_rows.setVisible(self._new > 0)

    def _connect(self) -> None:
        for button in self.fates.values():
            button.toggled.connect(lambda _on: self._show_rows())
        for box in (self.clear, self.new_rows, self.names):
            box.toggled.connect(lambda _on: self._check())
        self.problems.wanted.connect(self._go_to)
        self._buttons.rejected.connect(self.reject)
        self.paste.clicked.connect(self._store)

    def _check(self) -> None:
        self.paste.setEnabled(False)
        choices = Choices(self.clear.isChecked(), self.new_rows.isChecked(), self.names.isChecked())
        work = partial(paste_work.check, self._workspace.office, self._entity, self._pasted, choices)
        self._workspace.tasks.run(work, self._show, owner=self, key="check", title=_(N_("Checking the cells")))

    def _show(self, checked: Checked) -> None:
        self._checked = checked
        for outcome, button in self.fates.items():
            count = len(checked.places[outcome])
            button.setText(f"{_(OUTCOMES[outcome])}  {count:,}")
            button.setEnabled(count > 0 or button.isChecked())
        self.problems.setVisible(self.problems.refresh() > 0)
        self.said.setText(self._summary())
        unknown = [one for one in checked.plan.missing if not one.candidates]
        self.names.setVisible(bool(unknown))
        if unknown:
            names = ", ".join(one.name for one in unknown[:5]) + (" …" if len(unknown) > 5 else "")
            self.names.setText(_(N_("Create the {count} unknown names: {names}"), count=len(unknown), names=names))
        self._show_rows()
        self.paste.setEnabled(not checked.refused and checked.good > 0)
        self.paste.setDefault(True)

    def _summary(self) -> str:
        checked = self._checked
        said = [
            _(
                N_("{cells} cells change in {rows} rows; {new} rows are new; {same} rows stay as they are."),
                cells=f"{paste_work.cells_changed(checked):,}",
                rows=f"{len(checked.places[Outcome.CHANGED]):,}",
                new=f"{len(checked.places[Outcome.NEW]):,}",
                same=f"{len(checked.places[Outcome.UNCHANGED]):,}",
            )
        ]
        if checked.refused:
            said.append(
                _(
                    N_("{cells} cells cannot be taken, so nothing can be pasted: correct them and copy again."),
                    cells=f"{len(checked.plan.errors):,}",
                )
            )
        return " ".join(said)

    def _show_rows(self) -> None:
        chosen = frozenset(outcome for outcome, button in self.fates.items() if button.isChecked())
        self.table.show_rows(self._checked, chosen)

    def _go_to(self, row: int, key: str | None) -> None:
        if not self.table.go_to(row, key):
            for button in self.fates.values():
                button.setChecked(False)
            self.table.go_to(row, key)

    def _store(self) -> None:
        self.paste.setEnabled(False)
        work = partial(paste_work.store, self._workspace.office, self._checked, self._batch)
        title = _(N_("Pasting"))
        self._workspace.edits.run(lambda: work, self._done, self._refused, title)

    def _done(self, stored: Stored) -> None:
        self.stored.emit(stored)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        """Say why nothing was stored, and look at the rows as they are now."""
        self._workspace.notices.report(error)
        self._check()
