"""Offers the drafts that a crash left in a ledger."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from logistics_desktop.drafts import Draft
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from ui.ledger.draft_keeper import drafts_of, kept_at
from ui.workspace import Workspace


class DraftsLeft(QWidget):
    """A line above the table with the newest draft of the ledger; the next one follows when it is dealt with."""

    wanted = Signal(int)  # the record to open; 0 is a new one

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._entity = entity
        self._drafts = drafts_of(workspace)
        self._draft: Draft | None = None
        self.text = QLabel(wordWrap=True)
        self.open = QPushButton(_(N_("Open")))
        self.drop = QPushButton(_(N_("Discard")))
        self.later = QPushButton(_(N_("Later")))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self.text, 1)
        for button in (self.open, self.drop, self.later):
            row.addWidget(button)
        self.hide()
        self.open.clicked.connect(self._open)
        self.drop.clicked.connect(self._drop)
        self.later.clicked.connect(self.hide)
        self.look()

    def look(self) -> None:
        """Look for drafts of this ledger."""
        self._workspace.tasks.run(self._find, self._show, owner=self, key="look")

    def _find(self, _job: Job) -> list[Draft]:
        return self._drafts.left_over(self._entity.key)

    def _show(self, found: list[Draft]) -> None:
        self._draft = found[0] if found else None
        self.setVisible(bool(found))
        if self._draft is not None:
            what = self._draft.title or _(self._entity.singular)
            if not self._draft.record:
                what = _(N_("New: {what}"), what=what)
            said = _(N_("Typed at {at} and never saved: {what}"), at=kept_at(self._draft), what=what)
            if len(found) > 1:
                said = f"{said} ({_(N_('and {count} more'), count=len(found) - 1)})"
            self.text.setText(said)

    def _open(self) -> None:
        self.hide()
        if self._draft is not None:
            self.wanted.emit(self._draft.record)

    def _drop(self) -> None:
        if self._draft is not None:
            work = partial(self._discard, self._draft.id)
            self._workspace.tasks.run(work, lambda _none: self.look(), owner=self)

    def _discard(self, draft_id: str, _job: Job) -> None:
        self._drafts.discard(draft_id)
