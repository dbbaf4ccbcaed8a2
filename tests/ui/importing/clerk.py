"""The import assistant over a real office, and workbooks to give it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.rows import first_page, sorted_ids
from logistics_desktop.ledgers import LEDGERS
from tests.workbooks import book
from ui.ledger.import_dialog import ImportAssistant
from ui.ledger.importing.course import Stage
from ui.workspace import Workspace

ASSETS = LEDGERS["assets"]
HEADER = ("资产编号", "资产名称", "使用部门", "折旧方法", "原值(元)", "购置日期", "备注", "领导批示")
ROWS: tuple[tuple[object, ...], ...] = (
    ("A001", "电脑", "财务科", "直线法", 5000, "2019-3-5", "靠窗", None),
    ("A002", "打印机", "办公室", "直线法", 1200.5, "2019.03.05", None, None),
    ("A003", "空调", "财务科", "直线法", 3000, "20190305", None, None),
)
WAIT_MS = 20_000


def sheet(path: Path, rows: Sequence[Sequence[object]] = ROWS, name: str = "资产") -> Path:
    """A workbook with a title, the header in row 2 and these rows."""
    return book(path, {name: [["固定资产清单"], HEADER, *rows]})


class Importer:
    """Somebody who imports: works the assistant with the mouse and the keyboard, and looks into the ledger."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, host: QWidget) -> None:
        self.qtbot = qtbot
        self.workspace = workspace
        self._host = host

    def assistant(self, path: Path | None = None, *, settled: bool = True) -> ImportAssistant:
        """Open the assistant, with a file that was dropped on the ledger."""
        dialog = ImportAssistant(self.workspace, ASSETS, self._host, path)
        dialog.open()
        if settled:
            self.settle(dialog)
        return dialog

    def settle(self, dialog: ImportAssistant) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: dialog.course.job is None, timeout=WAIT_MS)

    def click(self, button: QAbstractButton) -> None:
        """Press a button that can be pressed."""
        assert button.isVisible()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose(self, menu: QMenu, text: str) -> None:
        """Choose from a menu by its words."""
        action = next(action for action in menu.actions() if action.text() == text)
        action.trigger()
        menu.close()

    def import_all(self, path: Path) -> ImportAssistant:
        """Import a workbook whose names are known or may all be created."""
        dialog = self.assistant(path)
        if dialog.check.names.create_all.isEnabled():
            self.click(dialog.check.names.create_all)
            self.settle(dialog)
        self.click(dialog.go_on)
        self.settle(dialog)
        assert dialog.stage() is Stage.DONE
        return dialog

    def stored(self, *keys: str) -> list[tuple[object, ...]]:
        """What the ledger holds, in the order of the codes; a reference by its title."""
        with self.workspace.office.session() as session:
            rows = first_page(session, LEDGERS, ASSETS, Query(), keys, 500)
        return [tuple(value.title if isinstance(value, Reference) else value for value in row.values) for row in rows]

    def ids(self, session: Session) -> list[int]:
        """The ids of the assets, in the order of the codes."""
        return list(sorted_ids(session, LEDGERS, ASSETS, Query()))
