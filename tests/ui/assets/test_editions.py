"""Two editions side by side at the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from logistics_desktop.context import Office
from logistics_desktop.features.assets import classes as rules
from logistics_desktop.features.assets.class_ledger import CLASSES
from logistics_desktop.ledger.fields import Reference
from tests.ui.assets.test_cards import line
from tests.ui.windows import Settle
from ui.assets.classes_screen import ClassesScreen
from ui.assets.editions_dialog import EditionsDialog
from ui.ledger.reference_tree import ReferenceTree


def test_suggested_kept_and_moved(classes: ClassesScreen, settle: Settle, ids: dict[str, int], office: Office) -> None:
    dialog = classes.show_editions()
    settle()
    assert isinstance(dialog, EditionsDialog)
    assert line(dialog.old.tree, 0).text(2) == "? A05010201 办公桌 (same name)"
    assert not dialog.act.isEnabled()
    QTest.mouseClick(dialog.suggest, Qt.MouseButton.LeftButton)
    settle()
    assert line(dialog.old.tree, 0).text(2) == "A05010201 办公桌"
    assert "1 of 2 classes" in dialog.summary.text()
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    box = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    assert "Move 2 assets" in box.text()
    box.buttons()[0].click()
    settle()
    assert line(dialog.new.tree, 0).text(1) == "2"
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
    assert [line(dialog.old.tree, at).isHidden() for at in range(2)] == [False, True]


def test_the_picker_keeps_the_editions_apart(classes: ClassesScreen, settle: Settle) -> None:
    picker = ReferenceTree(classes.workspace, CLASSES, parent=classes)
    chosen: list[Reference] = []
    picker.chosen.connect(chosen.append)
    picker.show()
    settle()
    assert [line(picker.tree, at).text(0) for at in range(2)] == ["2010", "2022"]
    QTest.keyClicks(picker.search, "a0501")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert [one.title for one in chosen] == ["办公桌"]
    picker.close()


def test_one_edition_beside_itself_proposes_nothing(classes: ClassesScreen, settle: Settle) -> None:
    dialog = classes.show_editions()
    settle()
    assert isinstance(dialog, EditionsDialog)
    dialog.new.edition.setCurrentIndex(0)
    dialog.new.edition.activated.emit(0)
    settle()
    assert "two different" in dialog.summary.text()
    assert line(dialog.old.tree, 0).text(2) == ""
    assert not dialog.suggest.isEnabled()
