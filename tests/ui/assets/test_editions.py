"""Two editions side by side at the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from logistics_desktop.context import Office
from logistics_desktop.features.assets import classes as rules
from tests.ui.assets.conftest import Settle
from ui.assets.classes_screen import ClassesScreen
from ui.assets.editions_dialog import EditionsDialog


def test_suggested_kept_and_moved(classes: ClassesScreen, settle: Settle, ids: dict[str, int], office: Office) -> None:
    dialog = classes.show_editions()
    settle()
    assert isinstance(dialog, EditionsDialog)
    assert dialog.old.tree.topLevelItem(0).text(2) == "? A05010201 办公桌 (same name)"
    assert not dialog.act.isEnabled()
    QTest.mouseClick(dialog.suggest, Qt.MouseButton.LeftButton)
    settle()
    assert dialog.old.tree.topLevelItem(0).text(2) == "A05010201 办公桌"
    assert "1 of 2 classes" in dialog.summary.text()
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    box = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    assert "Move 2 assets" in box.text()
    box.buttons()[0].click()
    settle()
    assert dialog.new.tree.topLevelItem(0).text(1) == "2"
    assert not dialog.act.isEnabled()


def test_joined_and_parted_by_hand(classes: ClassesScreen, settle: Settle, ids: dict[str, int], office: Office) -> None:
    dialog = classes.show_editions()
    settle()
    assert isinstance(dialog, EditionsDialog)
    dialog.old.select([ids["old lamp"]])
    dialog.new.select([ids["new desk"]])
    QTest.mouseClick(dialog.join, Qt.MouseButton.LeftButton)
    settle()
    with office.session() as session:
        assert rules.side_by_side(session, "2010", "2022").kept == {ids["old lamp"]: ids["new desk"]}
    assert dialog.old.selected() == [ids["old lamp"]]
    QTest.mouseClick(dialog.part, Qt.MouseButton.LeftButton)
    settle()
    with office.session() as session:
        assert not rules.side_by_side(session, "2010", "2022").kept


def test_the_search_finds_by_initials(classes: ClassesScreen, settle: Settle) -> None:
    dialog = classes.show_editions()
    settle()
    assert isinstance(dialog, EditionsDialog)
    QTest.keyClicks(dialog.old.search, "bgz")
    assert [dialog.old.tree.topLevelItem(at).isHidden() for at in range(2)] == [False, True]
