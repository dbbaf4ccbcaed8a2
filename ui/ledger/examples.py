"""The asset ledger at work, made by itself for the pictures of the manual: a record, filters, an import.

Each gives what is to be shown; the rest comes by itself from the tasks that it began.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from logistics_desktop.ledger.filters import Between, Query, Sort
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.paths import RESOURCES
from ui.ledger.import_dialog import ImportAssistant
from ui.ledger.importing.course import Stage
from ui.ledger.panel import RecordPanel
from ui.ledger.screen import LedgerScreen
from ui.workspace import Workspace

SAMPLE_WORKBOOK = RESOURCES / "sample" / "workbook-to-import.xlsx"

_DEAR = Query(
    filters=(Between("original_value", Decimal(100_000), None),), sorts=(Sort("original_value", descending=True),)
)


def record(workspace: Workspace) -> QWidget:
    """The record of the dearest asset, beside the list of dear ones."""
    return _panel(workspace, 0)


def history(workspace: Workspace) -> QWidget:
    """What happened to it."""
    return _panel(workspace, 1)


def files(workspace: Workspace) -> QWidget:
    """The files that hang on it."""
    return _panel(workspace, 2)


def filter_popup(workspace: Workspace) -> QWidget:
    """The window for a filter by department, over the columns of money with their sums."""
    screen = _screen(workspace)
    across = screen.table.horizontalScrollBar()
    across.setValue(across.maximum())
    return screen.filters.edit("department_id")


def columns_popup(workspace: Workspace) -> QWidget:
    """The list of columns."""
    screen = _screen(workspace)
    screen.table.horizontalScrollBar().setValue(0)
    return screen.choose_columns()


def import_file(workspace: Workspace) -> QWidget:
    """The import assistant, waiting for a workbook."""
    return ImportAssistant(workspace, LEDGERS["assets"])


def import_columns(workspace: Workspace) -> QWidget:
    """The import assistant at the columns of the sample workbook."""
    assistant = _assistant(workspace)
    assistant.course.arrived.connect(lambda _stage: assistant.go_to(Stage.COLUMNS))
    return assistant


def import_check(workspace: Workspace) -> QWidget:
    """The import assistant with everything that is to be said of the sample workbook."""
    return _assistant(workspace)


def _screen(workspace: Workspace) -> LedgerScreen:
    screen = workspace.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    return screen


def _panel(workspace: Workspace, tab: int) -> RecordPanel:
    screen = _screen(workspace)
    panel = screen.panel

    def open_first() -> None:
        screen.model.shown.disconnect(open_first)
        if not screen.model.rowCount():
            return
        screen.table.select_record(0)
        panel.open(screen.model.id_at(0))

    screen.model.shown.connect(open_first)
    screen.show_query(_DEAR)
    panel.tabs.setCurrentIndex(tab)
    return panel


def _assistant(workspace: Workspace) -> ImportAssistant:
    return ImportAssistant(workspace, LEDGERS["assets"], None, SAMPLE_WORKBOOK)


EXAMPLES: Mapping[str, Callable[[Workspace], QWidget]] = {
    "record": record,
    "history": history,
    "files": files,
    "filter": filter_popup,
    "columns": columns_popup,
    "import": import_file,
    "import-columns": import_columns,
    "import-check": import_check,
}
