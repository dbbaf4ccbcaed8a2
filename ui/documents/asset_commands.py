"""What the ledger of assets has of documents: beginning one about the selected rows, and what holds a row now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.features.documents.of_assets import DOCUMENTS, Running
from logistics_desktop.i18n import N_, _
from ui.documents import work
from ui.documents.screen import DocumentsScreen, fill_kinds
from ui.ledger.panel import RecordPanel
from ui.workspace import Workspace

_TABLES = frozenset(("document", "document_hold"))


class StartMenu(QMenu):
    """The kinds of documents; one that is chosen begins with the selected assets."""

    def __init__(self, workspace: Workspace, selected: Callable[[], Sequence[int]], parent: QWidget) -> None:
        super().__init__(_(N_("Start a document")), parent)
        self._workspace = workspace
        self._selected = selected
        workspace.tasks.run(partial(work.all_kinds, workspace.office), self._fill, owner=self, key="kinds")

    def start(self, kind: str) -> None:
        """Begin a document of this kind about the selected assets."""
        assets = list(self._selected())
        screen = self._workspace.open_module(DOCUMENTS)
        if isinstance(screen, DocumentsScreen):
            screen.start(kind, assets)

    def _fill(self, kinds: list[Kind]) -> None:
        fill_kinds(self, kinds, self.start)


class RunningNotice(QLabel):
    """Says on which running documents the asset on show stands; a link opens each."""

    def __init__(self, workspace: Workspace, panel: RecordPanel) -> None:
        super().__init__(textFormat=Qt.TextFormat.RichText)
        self._workspace = workspace
        self._panel = panel
        self.running: tuple[Running, ...] = ()
        self.setWordWrap(True)
        self.setContentsMargins(12, 4, 12, 4)
        self.setObjectName("hint")
        self.hide()
        self.linkActivated.connect(self._open)
        panel.shown.connect(self.read)
        workspace.changes.changed.connect(self._heard)

    def read(self) -> None:
        """Ask what holds the asset on show."""
        record = self._panel.record
        if record is None:
            self._show(())
            return
        ask = partial(work.under_way, self._workspace.office, record.id)
        self._workspace.tasks.run(ask, self._show, owner=self, key="running")

    def _heard(self, tables: frozenset[str]) -> None:
        if tables & _TABLES and self._panel.isVisible():
            self.read()

    def _show(self, running: tuple[Running, ...]) -> None:
        self.running = running
        links = [f'<a href="{one.document}">{one}</a>' for one in running]
        self.setText(_(N_("Under way: {documents}"), documents=", ".join(links)))
        self.setVisible(bool(running))

    def _open(self, number: str) -> None:
        screen = self._workspace.open_module(DOCUMENTS)
        if isinstance(screen, DocumentsScreen):
            screen.open_record(int(number))
