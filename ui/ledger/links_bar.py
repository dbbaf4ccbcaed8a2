"""What refers to the record on show; a click opens those rows in their ledger."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from logistics_desktop.context import Office
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.filters import Query, Within
from logistics_desktop.ledger.links import Link, links, pointing
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.stopping import stoppable
from ui.ledger.flow import Flow
from ui.workspace import Workspace

_GATHER_MS = 250  # news come in bursts


def _read(office: Office, entity: Entity, record: int, job: Job) -> list[Link]:
    with office.session() as session, stoppable(session, job):
        return links(session, LEDGERS, entity, record)


def in_words(link: Link) -> str:
    """Say how many of what refer here: “Fixed assets: 12”, with the field where there are several."""
    label, count = _(link.entity.label), f"{link.count:,}"
    if link.only:
        return _(N_("{ledger}: {count}"), ledger=label, count=count)
    return _(N_("{ledger} ({field}): {count}"), ledger=label, field=_(link.field.label), count=count)


class LinksBar(QWidget):
    """A button for each ledger and field that refers to the record; none where nothing does."""

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._entity = entity
        self._record = 0
        self._tables = frozenset(other.table for other, _field in pointing(LEDGERS, entity))
        self.buttons: list[QToolButton] = []
        self._flow = Flow()
        around = QVBoxLayout(self)
        around.setContentsMargins(12, 2, 12, 4)
        around.addLayout(self._flow)
        self._news = QTimer(self, interval=_GATHER_MS, singleShot=True)
        self._news.timeout.connect(lambda: self.show_record(self._record))
        self.hide()
        workspace.changes.changed.connect(self._hear)

    def show_record(self, record: int) -> None:
        """Count what refers to a record; 0 is one that is not stored yet."""
        if record != self._record:
            self._fill(0, [])
        self._record = record
        if record and self._tables:
            work = partial(_read, self._workspace.office, self._entity, record)
            self._workspace.tasks.run(work, partial(self._fill, record), owner=self, key="links")

    def _fill(self, record: int, found: list[Link]) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(link, record) for link in found]
        self.setVisible(bool(found))

    def _button(self, link: Link, record: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName("link")
        button.setText(in_words(link))
        button.setToolTip(_(N_("Show these rows in their ledger")))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._open(link, record))
        self._flow.addWidget(button)
        return button

    def _open(self, link: Link, record: int) -> None:
        from ui.ledger.screen import LedgerScreen  # which is made of this

        screen = self._workspace.open_module(link.entity.key)
        if isinstance(screen, LedgerScreen):
            screen.show_query(Query(filters=(Within(link.field.key, (record,)),)))

    def _hear(self, tables: frozenset[str]) -> None:
        if self._record and (not tables or tables & self._tables):
            self._news.start()
