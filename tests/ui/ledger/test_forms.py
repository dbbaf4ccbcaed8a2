"""A clerk goes through records, duplicates them, lets fields fill themselves, and hangs files on them."""

from __future__ import annotations

import os
import time
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from logistics_desktop import settings
from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledger.filters import Query, Sort
from logistics_desktop.ledgers import LEDGERS
from tests.ui.ledger.conftest import OpenScreen, answer, column
from tests.ui.ledger.hands import CTRL, stored
from tests.ui.ledger.test_record import write
from tests.ui.windows import Settle
from tests.unit.test_previews import pdf
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

ASSETS = LEDGERS["assets"]


@pytest.fixture
def desk(assets: LedgerScreen, ids: dict[str, int], settle: Settle) -> LedgerScreen:
    """The assets with the first one open and the cursor in its name."""
    assets.open_record(ids["ZC001"])
    settle()
    assets.panel.form.editor("name").setFocus()
    return assets


def press(screen: LedgerScreen, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    """Press a key where the cursor is."""
    at = screen.window().focusWidget()
    assert at is not None
    QTest.keyClick(at, key, modifiers)


def is_new(screen: LedgerScreen) -> bool:
    return screen.panel.record is None


def code(screen: LedgerScreen) -> str:
    return str(screen.panel.form.editor("code").text())


def test_next_and_previous_by_keys_through_the_list_as_sorted_and_filtered(
    desk: LedgerScreen, ids: dict[str, int], settle: Settle, window: MainWindow
) -> None:
    assert desk.walk.place.text() == "1 / 4"
    press(desk, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    settle()
    assert code(desk) == "ZC002"
    assert desk.table.current_id() == ids["ZC002"]
    desk.show_query(Query(sorts=(Sort("code", descending=True),)))
    settle()
    assert desk.walk.place.text() == "3 / 4"
    press(desk, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    settle()
    assert code(desk) == "ZC001"
    press(desk, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    settle()
    assert code(desk) == "ZC001", "the list ends here"
    assert not desk.walk.on.isEnabled()
    assert window.tabs.current_key() == "assets", "the window's tabs stay"
    press(desk, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    settle()
    assert code(desk) == "ZC002"


@pytest.mark.parametrize("key", ["status", "note", "keeper_id", "in_service_on"])
def test_the_keys_work_in_every_kind_of_field(desk: LedgerScreen, settle: Settle, key: str) -> None:
    desk.panel.form.editor(key).setFocus()
    press(desk, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    settle()
    assert code(desk) == "ZC002"
    assert desk.panel.isVisible()


def test_stepping_asks_about_what_is_not_saved(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    write(desk, "name", "oak desk")
    press(desk, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert "not saved" in answer(desk, "Save")
    settle()
    assert code(desk) == "ZC002"
    assert stored(office, ids["ZC001"])["name"] == "oak desk"


def test_a_duplicate_leaves_out_what_is_the_records_own_and_says_so(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    with office.session() as session:
        records.update(session, LEDGERS, ASSETS, ids["ZC001"], 1, {"serial_number": "SN1", "maker": "海尔"})
    settle()
    press(desk, Qt.Key.Key_J)
    settle()
    form = desk.panel.form
    assert is_new(desk)
    assert code(desk) == ""
    assert form.whispered("code") == form.whispered("serial_number") == "not copied"
    assert "办公桌" in desk.panel.origin.text()
    assert form.editor("maker").text() == "海尔"
    assert form.editor("keeper_id").value() == ids["R1"]
    write(desk, "code", "ZC009")
    desk.panel.save()
    settle()
    assert "ZC009" in column(desk, "code")
    new = desk.panel.record
    assert new is not None
    values = stored(office, new.id)
    assert values["original_value"] == Decimal("1200.50")
    assert values["serial_number"] is None


@pytest.fixture
def classes(office: Office, ids: dict[str, int]) -> dict[str, int]:
    """A class that says something and one below it that says less."""
    with office.session() as session:
        made: dict[str, int] = {}
        said: dict[str, dict[str, object]] = {
            "家具": {"life_months": 60, "residual_rate": Decimal("0.05"), "unit": "件"},
            "办公桌类": {"unit": "张"},
            "土地": {},
        }
        for name, values in said.items():
            above = made["家具"] if name == "办公桌类" else None
            row = {"edition": "本单位", "code": name, "name": name, "parent_id": above, **values}
            made[name] = records.create(session, LEDGERS["classes"], row)
    return made


def choose(screen: LedgerScreen, key: str, text: str, settle: Settle) -> None:
    """Type the name of a row and go on."""
    editor = screen.panel.form.editor(key)
    editor.setFocus()
    editor.selectAll()
    editor.insert(text)
    screen.panel.form.editor("note").setFocus()
    settle()


def test_a_class_fills_what_is_empty_and_says_so(
    classes: dict[str, int], assets: LedgerScreen, settle: Settle, ids: dict[str, int]
) -> None:
    assets.new_record()
    settle()
    form = assets.panel.form
    write(assets, "residual_rate", "3")
    choose(assets, "class_id", "办公桌类", settle)
    assert form.editor("class_id").value() == classes["办公桌类"]
    assert form.editor("unit").text() == "张"
    assert form.editor("life_months").text() == "60", "where the class is silent, the one above it speaks"
    assert form.whispered("life_months") == "from the class"
    assert form.editor("residual_rate").text() == "3%", "what was typed stays"
    assert form.whispered("residual_rate") == ""
    write(assets, "unit", "set")
    assert form.whispered("unit") == "", "typed over, it is the user's"
    choose(assets, "class_id", "土地", settle)
    assert form.editor("unit").text() == "set"
    assert form.editor("life_months").text() == "", "what came from the other class goes with it"
    assert form.whispered("life_months") == ""


def test_amounts_follow_from_each_other_until_one_is_typed(assets: LedgerScreen, settle: Settle) -> None:
    assets.new_record()
    settle()
    form = assets.panel.form
    write(assets, "residual_rate", "5")
    write(assets, "quantity", "3")
    write(assets, "unit_price", "33.33")
    assert form.editor("original_value").text() == "99.99"
    assert form.editor("residual_value").text() == "5.00"
    assert form.whispered("original_value") == "= unit price × quantity"
    write(assets, "quantity", "4")
    assert form.editor("original_value").text() == "133.32"
    assert form.editor("residual_value").text() == "6.67"
    write(assets, "original_value", "100")
    assert form.editor("residual_value").text() == "5.00"
    write(assets, "quantity", "5")
    assert form.editor("original_value").text() == "100.00"


def test_a_keeper_brings_the_department_but_not_over_a_stored_one(
    desk: LedgerScreen, ids: dict[str, int], settle: Settle
) -> None:
    form = desk.panel.form
    choose(desk, "keeper_id", "王芳", settle)
    assert form.editor("department_id").value() == ids["010101"]
    desk.panel.form.show_values(records.blank(ASSETS))
    choose(desk, "keeper_id", "王芳", settle)
    assert form.editor("department_id").value() == ids["02"]
    assert form.whispered("department_id") == "from the keeper"


def test_what_refers_to_a_record_is_counted_and_opens(
    ids: dict[str, int], open_screen: OpenScreen, settle: Settle, window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    with office.session() as session:
        records.update(session, LEDGERS, LEDGERS["departments"], ids["02"], 1, {"head_id": ids["R2"]})
    staff = open_screen("staff")
    staff.open_record(ids["R2"])
    settle()
    texts = [button.text() for button in staff.panel.links.buttons]
    assert texts == ["Fixed assets: 2", "Departments: 1"]
    staff.panel.links.buttons[0].click()
    settle()
    assert window.tabs.current_key() == "assets"
    screen = window.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    assert column(screen, "code") == ["ZC002", "ZC004"]
    with office.session() as session:
        records.update(session, LEDGERS, ASSETS, ids["ZC004"], 1, {"keeper_id": ids["R1"]})
    window.open_module("staff")
    settle()
    qtbot.waitUntil(lambda: staff.panel.links.buttons[0].text() == "Fixed assets: 1", timeout=10_000)


def open_files(screen: LedgerScreen, settle: Settle) -> None:
    screen.panel.tabs.setCurrentWidget(screen.panel.files)
    screen.panel.files.list.setFocus()
    settle()


def names(screen: LedgerScreen) -> list[str]:
    files = screen.panel.files.list
    items = [files.topLevelItem(row) for row in range(files.topLevelItemCount())]
    return [item.text(0) for item in items if item is not None]


def on_offer(screen: LedgerScreen) -> str | None:
    scan = screen.panel.files.scans.scan
    return scan.path.name if scan else None


def red(width: int = 300, height: int = 200) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def test_a_picture_on_the_clipboard_is_pasted_and_shown(desk: LedgerScreen, settle: Settle) -> None:
    open_files(desk, settle)
    QGuiApplication.clipboard().setImage(red())
    press(desk, Qt.Key.Key_V)
    settle()
    (name,) = names(desk)
    assert name.startswith("Picture ")
    assert name.endswith(".png")
    preview = desk.panel.files.preview
    assert preview.isVisible()
    assert preview.drawing.toImage().pixelColor(5, 5).name() == "#ff0000"


def test_files_are_pasted_and_dropped_and_a_pdf_shows_its_first_page(
    desk: LedgerScreen, settle: Settle, tmp_path: Path
) -> None:
    open_files(desk, settle)
    paper = tmp_path / "发票.pdf"
    paper.write_bytes(pdf((300, 300), draw=b"0 0 1 rg 0 0 5000 5000 re f"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    QGuiApplication.clipboard().setMimeData(data)
    press(desk, Qt.Key.Key_V)
    settle()
    preview = desk.panel.files.preview
    assert names(desk) == ["发票.pdf"]
    assert preview.drawing.toImage().pixelColor(50, 50).name() == "#0000ff"
    text = tmp_path / "note.txt"
    text.write_text("hello")
    drop(desk.panel.files, [text])
    settle()
    assert names(desk) == ["发票.pdf", "note.txt"]
    assert "no preview" in preview.text()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    drop(desk.panel.files, [broken])
    settle()
    assert "damaged" in preview.text()


def drop(on: QWidget, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at = QPointF(on.rect().center())
    event = QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    on.dropEvent(event)


def test_what_cannot_be_kept_is_told_and_nothing_is_hung(
    desk: LedgerScreen, settle: Settle, tmp_path: Path, window: MainWindow
) -> None:
    open_files(desk, settle)
    program = tmp_path / "invoice.pdf"
    program.write_bytes(b"MZ\x90\x00" + bytes(100))
    drop(desk.panel.files, [program])
    settle()
    assert names(desk) == []
    assert "invoice.pdf" in window.notices.texts()[-1]
    QGuiApplication.clipboard().setText("only words")
    press(desk, Qt.Key.Key_V)
    assert "no picture and no file" in window.notices.texts()[-1]


def test_the_scanner_offers_its_files_to_the_open_record(
    desk: LedgerScreen, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "scanner"
    folder.mkdir()
    open_files(desk, settle)
    offer = desk.panel.files.scans
    assert on_offer(desk) is None
    offer.set_folder(str(folder))
    settle()
    for name in ("first.png", "second.png"):
        path = folder / name
        assert red().save(str(path))
        at = time.time() - (20 if name == "first.png" else 10)
        os.utime(path, (at, at))
    qtbot.waitUntil(lambda: on_offer(desk) is not None, timeout=10_000)
    settle()
    assert "second.png" in offer.text.text()
    assert "and 1 more" in offer.text.text()
    assert not desk.panel.files.preview.drawing.isNull(), "it is shown before it is attached"
    offer.take.click()
    settle()
    assert names(desk) == ["second.png"]
    assert on_offer(desk) == "first.png"
    offer.skip.click()
    settle()
    assert on_offer(desk) is None
    assert len(settings.load("scanner")["done"]) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["first.png", "second.png"], "the folder is left alone"
    folder.rename(tmp_path / "away")
    qtbot.waitUntil(lambda: "cannot be looked at" in offer.text.text(), timeout=10_000)
