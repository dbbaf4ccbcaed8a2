"""Keeps what is typed into a form, every two seconds and when the focus goes, and offers what a crash left."""

from __future__ import annotations

import time
import uuid
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.drafts import Draft, Drafts
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.records import Record
from ui.ledger.form import Form
from ui.workspace import Workspace

_KEEP_MS = 2_000


def drafts_of(workspace: Workspace) -> Drafts:
    """The drafts of whoever is signed in."""
    return Drafts(workspace.office.profile.key, workspace.office.user)


def kept_at(draft: Draft) -> str:
    """When a draft was kept, in the user's time."""
    return f"{datetime.fromtimestamp(draft.kept_at).astimezone():%Y-%m-%d %H:%M}"


class DraftKeeper(QObject):
    """One draft for each time that a record is shown and something typed; it goes when the record is saved or left."""

    offered = Signal(object)  # a Draft of the record on show that a program which is gone has left

    def __init__(self, workspace: Workspace, entity: Entity, form: Form, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._entity = entity
        self._form = form
        self._drafts = drafts_of(workspace)
        self._id = ""
        self._record: Record | None = None
        self._written = False
        self._step = 0
        self._told = False
        self._soon = QTimer(self, interval=_KEEP_MS, singleShot=True)
        self._soon.timeout.connect(self._keep)
        form.changed.connect(self._changed)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    @property
    def request(self) -> uuid.UUID:
        """The key under which a new record is stored: once, also if the program dies while it is being saved."""
        return uuid.UUID(hex=self._id)

    def begin(self, record: Record | None) -> None:
        """Another record is on show, or the same one as it is stored now; None is a new one."""
        self.end()
        self._record = record
        self._id = uuid.uuid4().hex
        self.look()

    def end(self) -> None:
        """Nothing is typed any more: the draft goes."""
        self._soon.stop()
        if self._written:
            self._run(partial(self._discard, self._id))
        self._written = False
        self._id = ""

    def look(self) -> None:
        """Ask whether a draft of this record was left over; `offered` tells."""
        number = self._record.id if self._record else 0
        work = partial(self._find, number)
        self._workspace.tasks.run(work, partial(self._offer, self._id), owner=self, key="look", on_error=self._failed)

    def take_up(self, draft: Draft) -> None:
        """Put what was typed back into the form, and go on keeping it in its place."""
        if self._written:
            self._run(partial(self._discard, self._id))
        self._id = draft.id
        self._written = True
        self._form.type_again(draft.typed)
        self._form.focus_first()
        self._keep()

    def discard(self, draft: Draft) -> None:
        """Forget a draft that was offered, and look for another."""
        self._workspace.tasks.run(
            partial(self._discard, draft.id), lambda _none: self.look(), owner=self, on_error=self._failed
        )

    def _changed(self) -> None:
        if self._id and not self._soon.isActive():
            self._soon.start()

    def _focus_moved(self, before: QWidget | None, _now: QWidget | None) -> None:
        if self._soon.isActive() and before is not None and self._form.isAncestorOf(before):
            self._soon.stop()
            self._keep()

    def _keep(self) -> None:
        if not self._id:
            return
        typed = self._form.typed()
        if not typed:
            if self._written:
                self._run(partial(self._discard, self._id))
                self._written = False
                self._id = uuid.uuid4().hex  # the one that was discarded stays so
            return
        number, version = (self._record.id, self._record.version) if self._record else (0, 0)
        self._step += 1
        draft = Draft(self._id, self._entity.key, number, version, self._title(), typed, time.time(), self._step)
        self._written = True
        self._run(lambda _job: self._drafts.keep(draft))

    def _title(self) -> str:
        editor = self._form.editor(self._entity.title.key)
        return str(editor.text())

    def _find(self, number: int, _job: Job) -> list[Draft]:
        return self._drafts.left_over(self._entity.key, number)

    def _discard(self, draft_id: str, _job: Job) -> None:
        self._drafts.discard(draft_id)

    def _offer(self, asked_for: str, found: list[Draft]) -> None:
        if asked_for == self._id and found:
            self.offered.emit(found[0])

    def _run(self, work: object) -> None:
        self._workspace.tasks.run(work, lambda _none: None, owner=self, on_error=self._failed)  # type: ignore[arg-type]

    def _failed(self, error: BaseException) -> None:
        """Say it once: the form works without."""
        if not self._told:
            self._told = True
            self._workspace.notices.report(error)


class DraftBar(QWidget):
    """Offers a draft of the record on show, with what somebody else has changed in the record since."""

    def __init__(self, keeper: DraftKeeper, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._entity = entity
        self._draft: Draft | None = None
        self._record: Record | None = None
        self.text = QLabel(wordWrap=True)
        self.take = QPushButton(_(N_("Take it up")))
        self.drop = QPushButton(_(N_("Discard")))
        row = QHBoxLayout()
        row.addWidget(self.take)
        row.addWidget(self.drop)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 6)
        column.addWidget(self.text)
        column.addLayout(row)
        self.hide()
        keeper.offered.connect(self._show)
        self.take.clicked.connect(self._take)
        self.drop.clicked.connect(self._drop)

    def begin(self, record: Record | None) -> None:
        """Another record is on show."""
        self._record = record
        self._draft = None
        self.hide()
        self._keeper.begin(record)

    def _show(self, draft: Draft) -> None:
        self._draft = draft
        said = [_(N_("Typed at {at} and never saved: {fields}."), at=kept_at(draft), fields=self._fields(draft))]
        if self._record is not None and self._record.version != draft.version:
            who, at = self._record.origin.updated_by, f"{self._record.origin.updated_at.astimezone():%Y-%m-%d %H:%M}"
            said.append(_(N_("{who} has saved this record since, at {at}."), who=who, at=at))
            said += self._clashes(draft, self._record)
        self.text.setText("\n".join(said))
        self.show()

    def _fields(self, draft: Draft) -> str:
        return _(N_(", ")).join(_(field.label) for field in self._entity if field.key in draft.typed)

    def _clashes(self, draft: Draft, record: Record) -> list[str]:
        """The fields that the user and somebody else have both changed."""
        said = []
        for field in self._entity:
            typed = draft.typed.get(field.key)
            if isinstance(typed, dict) and isinstance(before := typed.get("before"), str):
                now = kinds.text_of(field, record.values[field.key])
                if now != before:
                    empty = _(N_("(empty)"))
                    said.append(f"{_(field.label)}: {before or empty} → {now or empty}")
        return said

    def _take(self) -> None:
        self.hide()
        if self._draft is not None:
            self._keeper.take_up(self._draft)

    def _drop(self) -> None:
        self.hide()
        if self._draft is not None:
            self._keeper.discard(self._draft)
