"""The life of a record on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from logistics_desktop import attachments
from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.ui.windows import Settle
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow


@pytest.fixture
def life(assets: LedgerScreen, office: Office, ids: dict[str, int], settle: Settle, tmp_path: Path) -> LedgerScreen:
    """An asset with a life behind it, its time line open."""
    file = tmp_path / "photo.pdf"
    file.write_bytes(b"%PDF-1.4\n%%EOF\n")
    with office.session() as session:
        attachments.attach(session, "asset", ids["ZC001"], file)
    with office.session() as session:
        read = records.read(session, LEDGERS, LEDGERS["assets"], ids["ZC001"])
        records.update(session, LEDGERS, LEDGERS["assets"], read.id, read.version, {"keeper_id": ids["R2"]})
    assets.open_record(ids["ZC001"])
    settle()
    assets.panel.tabs.setCurrentWidget(assets.panel.timeline)
    settle()
    return assets


def lines(screen: LedgerScreen) -> list[str]:
    tree = screen.panel.timeline.lines
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [item.text(1) for item in items if item is not None]


def test_it_is_narrowed_to_one_kind(life: LedgerScreen) -> None:
    assert lines(life) == ["Keeper: 张伟 → 王芳", "File added: photo.pdf", "Created"]
    kinds = life.panel.timeline.kinds
    kinds.setCurrentIndex(kinds.findText("Files"))
    assert lines(life) == ["File added: photo.pdf"]


def test_enter_goes_where_a_happening_leads(
    life: LedgerScreen, window: MainWindow, ids: dict[str, int], settle: Settle
) -> None:
    tree = life.panel.timeline.lines
    tree.setFocus()
    tree.setCurrentIndex(tree.model().index(1, 0))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert life.panel.tabs.currentWidget() is life.panel.files
    settle()
    life.panel.tabs.setCurrentWidget(life.panel.timeline)
    settle()
    tree.setFocus()
    tree.setCurrentIndex(tree.model().index(0, 0))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    settle()
    staff = window.open_module("staff")
    assert isinstance(staff, LedgerScreen)
    assert staff.entity.key == "staff"
    assert staff.panel.record is not None
    assert staff.panel.record.id == ids["R2"]
