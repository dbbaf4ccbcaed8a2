"""The whole life of one record: everything that happened to it, newest first, of every kind or of one."""

from __future__ import annotations

from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.context import Office
from logistics_desktop.happenings import SOURCES
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.timeline import Happening, timeline
from logistics_desktop.ledgers import LEDGERS
from ui.theme import icon
from ui.workspace import Workspace

_HEADERS = (N_("When"), N_("What"), N_("Who"))
_WIDTHS = (196, 320)
_OPENS = int(Qt.ItemDataRole.UserRole)


@runtime_checkable
class _ShowsRecords(Protocol):
    """The screen of a ledger."""

    def open_record(self, record: int) -> None:
        """Show a record."""


def _read(office: Office, entity: Entity, record: int, _job: Job) -> list[Happening]:
    with office.session() as session:
        return timeline(session, LEDGERS, SOURCES, entity, record)


class TimelineView(QWidget):
    """Each happening is a line with its details below it; Enter or a double click goes where it leads."""

    files_wanted = Signal()

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._entity = entity
        self._happenings: list[Happening] = []
        self.kinds = QComboBox(sizeAdjustPolicy=QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kinds.setAccessibleName(_(N_("Show")))
        self.lines = QTreeWidget()
        self.lines.setHeaderLabels([_(text) for text in _HEADERS])
        self.lines.setAlternatingRowColors(True)
        self.lines.setExpandsOnDoubleClick(False)
        for place, width in enumerate(_WIDTHS):
            self.lines.setColumnWidth(place, width)
        self.lines.header().setStretchLastSection(False)
        self.lines.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head = QHBoxLayout()
        head.addWidget(QLabel(_(N_("Show"))))
        head.addWidget(self.kinds)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        self.kinds.currentIndexChanged.connect(self._show)
        self.lines.itemActivated.connect(self._go)

    def show_record(self, record: int) -> None:
        """Read and show the life of a record."""
        work = partial(_read, self._workspace.office, self._entity, record)
        self._workspace.tasks.run(work, self._take, owner=self, key="timeline")

    def _take(self, happenings: list[Happening]) -> None:
        self._happenings = happenings
        chosen = self.kinds.currentData()
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItem(_(N_("everything")), "")
        for kind in dict.fromkeys(happening.kind for happening in happenings):
            self.kinds.addItem(icon(kind.icon), _(kind.label), kind.key)
        self.kinds.setCurrentIndex(max(self.kinds.findData(chosen), 0))
        self.kinds.blockSignals(False)
        self._show()

    def _show(self) -> None:
        chosen = self.kinds.currentData()
        self.lines.clear()
        for happening in self._happenings:
            if chosen in ("", happening.kind.key):
                self.lines.addTopLevelItem(_line(happening))

    def _go(self, item: QTreeWidgetItem) -> None:
        opens = item.data(0, _OPENS)
        if opens is None:
            item.setExpanded(not item.isExpanded())
        elif opens.files:
            self.files_wanted.emit()
        else:
            screen = self._workspace.open_module(opens.ledger)
            if isinstance(screen, _ShowsRecords):
                screen.open_record(opens.record)


def _line(happening: Happening) -> QTreeWidgetItem:
    when = f"{happening.at.astimezone():%Y-%m-%d %H:%M:%S}"
    item = QTreeWidgetItem([when, happening.text, happening.who])
    item.setIcon(0, icon(happening.kind.icon))
    item.setData(0, _OPENS, happening.opens)
    item.setToolTip(1, happening.detail or happening.text)
    if happening.detail and happening.detail != happening.text:
        for text in happening.detail.split("\n"):
            item.addChild(QTreeWidgetItem(["", text, ""]))
    return item
