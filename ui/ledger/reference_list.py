"""Choosing rows of a ledger that is no tree: the database finds what is typed, however many rows there are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from logistics_desktop.context import Office
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import references
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Reference
from ui.workspace import Workspace

_REFERENCE = int(Qt.ItemDataRole.UserRole)
_MOST = 200
_PAUSE_MS = 150


def suggest(office: Office, target: Entity, text: str, _job: Job) -> list[Reference]:
    """The rows that `text` may mean, for a worker."""
    with office.session() as session:
        return references.suggest(session, target, text, _MOST)


class ReferenceList(QWidget):
    """A search field and what it finds; with `checks`, ids with names, several rows can be ticked and stay on top."""

    chosen = Signal(object)  # Reference
    ticked = Signal()

    def __init__(
        self,
        workspace: Workspace,
        target: Entity,
        checks: Mapping[int, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._target = target
        self._checks = None if checks is None else dict(checks)
        self.search = QLineEdit(placeholderText=_(N_("Name, code or initials")), clearButtonEnabled=True)
        self.list = QListWidget()
        self.list.setObjectName("plain")
        self.list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.search)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._search)
        self.search.textChanged.connect(lambda *_what: self._pause.start())
        self.search.returnPressed.connect(self._choose_current)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.list.itemChanged.connect(self._tick)
        self._search()

    def ticks(self) -> dict[int, str]:
        """The rows that are ticked, with their names."""
        return dict(self._checks or {})

    def _search(self) -> None:
        work = partial(suggest, self._workspace.office, self._target, self.search.text().strip())
        self._workspace.tasks.run(work, self._fill, owner=self, key="search")

    def _fill(self, found: list[Reference]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        kept = [Reference(each, title) for each, title in (self._checks or {}).items()]
        for each in (*kept, *(one for one in found if one.id not in (self._checks or ()))):
            item = QListWidgetItem(each.title, self.list)
            item.setData(_REFERENCE, each)
            if self._checks is not None:
                item.setCheckState(Qt.CheckState.Checked if each.id in self._checks else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0 if found else -1)
        self.list.blockSignals(False)

    def _tick(self, item: QListWidgetItem) -> None:
        if self._checks is None:
            return
        reference = item.data(_REFERENCE)
        if item.checkState() == Qt.CheckState.Checked:
            self._checks[reference.id] = reference.title
        else:
            self._checks.pop(reference.id, None)
        self.ticked.emit()

    def _choose_current(self) -> None:
        item: QListWidgetItem | None = self.list.currentItem()
        if item is None:
            return
        if self._checks is not None and not self._checks:
            item.setCheckState(Qt.CheckState.Checked)
        self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        if self._checks is None:
            self.chosen.emit(item.data(_REFERENCE))
