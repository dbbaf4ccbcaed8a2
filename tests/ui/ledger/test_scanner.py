"""A scanner that types, and pictures of codes, find the row from anywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QPainter, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from logistics_desktop.context import Office
from logistics_desktop.finding import Found, find
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.scanning import Scanner
from tests.ui.ledger.conftest import OpenScreen, column
from tests.ui.windows import Settle
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

Key = Qt.Key
Scan = Callable[[str], None]
press: Any = QTest.keyClick  # takes characters too, which its annotations leave out


@pytest.fixture
def keys(window: MainWindow) -> QWindow:
    """Where keys come from the system, before any widget sees them."""
    handle = window.windowHandle()
    assert handle is not None
    return handle


@pytest.fixture
def scan(keys: QWindow, settle: Settle) -> Scan:
    """Types as a scanner does, ends with Enter, and waits until all is quiet."""

    def type_(text: str) -> None:
        for char in text:
            press(keys, char)
        QTest.keyClick(keys, Key.Key_Return)
        settle()

    return type_


def by_hand(keys: QWindow, text: str) -> None:
    """Type as a fast typist does, ten keys a second by the keyboard's own clock."""
    for place, char in enumerate(text, start=1):
        key = Key.Key_Return if char == "\r" else Key(ord(char.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
            event.setTimestamp(place * 100)
            QApplication.sendEvent(keys, event)


def opened(screen: LedgerScreen) -> str:
    record = screen.panel.record
    assert record is not None
    return str(record.values["code"])


def test_a_scan_opens_the_row_while_the_table_has_the_focus(assets: LedgerScreen, scan: Scan) -> None:
    assets.table.setFocus()
    scan("ZC003")
    assert opened(assets) == "ZC003"


def test_a_scan_opens_the_row_of_another_ledger(
    window: MainWindow, assets: LedgerScreen, open_screen: OpenScreen, scan: Scan
) -> None:
    staff = open_screen("staff")
    staff.table.setFocus()
    scan("LD:assets:ZC002")
    assert window.tabs.current_key() == "assets"
    assert opened(assets) == "ZC002"


def test_a_serial_number_finds_its_asset(office: Office, ids: dict[str, int], assets: LedgerScreen, scan: Scan) -> None:
    with office.session() as session:
        read = records.read(session, LEDGERS, assets.entity, ids["ZC004"])
        records.update(session, LEDGERS, assets.entity, read.id, read.version, {"serial_number": "SN-99/a"})
    assets.table.setFocus()
    scan("sn-99/A")
    assert opened(assets) == "ZC004"


def test_a_code_that_is_nowhere_is_said_so(window: MainWindow, assets: LedgerScreen, scan: Scan) -> None:
    assets.table.setFocus()
    scan("NOWHERE-1")
    assert window.notices.texts() == ["Nothing here has the code “NOWHERE-1”."]
    assert assets.panel.record is None


def test_a_scan_into_the_quick_search_finds_everywhere_and_leaves_the_search(
    window: MainWindow, assets: LedgerScreen, open_screen: OpenScreen, scan: Scan, settle: Settle
) -> None:
    staff = open_screen("staff")
    staff.filters.search.setFocus()
    staff.filters.search.setText("张")
    settle()
    scan("ZC001")
    assert staff.filters.search.text() == "张"
    assert window.tabs.current_key() == "assets"
    assert opened(assets) == "ZC001"


def test_typing_by_hand_into_the_quick_search_is_only_typing(
    window: MainWindow, assets: LedgerScreen, keys: QWindow, settle: Settle
) -> None:
    assets.filters.search.setFocus()
    by_hand(keys, "ZC003\r")
    settle()
    assert assets.filters.search.text() == "ZC003"
    assert column(assets, "code") == ["ZC003"]
    assert assets.panel.record is None


def test_a_scan_into_a_field_of_the_form_fills_it(assets: LedgerScreen, scan: Scan, settle: Settle) -> None:
    assets.table.select_record(0)
    assets.open_selected()
    settle()
    field = assets.panel.form.findChildren(QLineEdit)[0]
    field.setFocus()
    field.clear()
    scan("ZC777")
    assert field.text() == "ZC777"
    assert opened(assets) == "ZC001"


def test_a_prefix_finds_even_from_a_field_and_nothing_of_it_stays_there(
    window: MainWindow, assets: LedgerScreen, open_screen: OpenScreen, scan: Scan, settle: Settle
) -> None:
    window.finder.wedge.use(Scanner(prefix="~", suffix="#"))
    assets.filters.search.setFocus()
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    field.setText("half typed")
    scan("~ZC002#")
    assert field.text() == "half typed"
    assert opened(assets) == "ZC002"
    field.setFocus()
    scan("~")
    assert field.text() == "half typed~"


def test_the_enter_after_a_suffix_presses_nothing(window: MainWindow, assets: LedgerScreen, scan: Scan) -> None:
    window.finder.wedge.use(Scanner(suffix="#"))
    assets.table.select_record(3)
    assets.table.setFocus()
    scan("NOWHERE#")
    assert assets.panel.record is None


class Heard(QObject):
    """What reaches a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.keys: list[str] = []
        widget.installEventFilter(self)

    def eventFilter(  # noqa: N802 - Qt's name
        self, watched: QObject, event: QEvent
    ) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.keys.append(event.text())
        return False


def test_keys_typed_by_hand_reach_the_table_in_their_order(assets: LedgerScreen, keys: QWindow, settle: Settle) -> None:
    assets.table.setFocus()
    assets.table.select_record(0)
    QTest.keyClick(keys, Key.Key_Down)
    assert assets.table.currentIndex().row() == 1
    heard = Heard(assets.table)
    by_hand(keys, "office\r")
    assert heard.keys == ["o", "f", "f", "i", "c", "e", "\r"]
    settle()
    assert opened(assets) != ""


def test_the_last_key_reaches_the_table_after_a_moment(assets: LedgerScreen, keys: QWindow, qtbot: QtBot) -> None:
    assets.table.setFocus()
    heard = Heard(assets.table)
    press(keys, "o")
    qtbot.waitUntil(lambda: heard.keys == ["o"], timeout=2_000)


def test_space_still_presses_a_button(window: MainWindow, assets: LedgerScreen, keys: QWindow, qtbot: QtBot) -> None:
    button = QPushButton("x", assets)
    button.show()
    button.setFocus()
    with qtbot.waitSignal(button.clicked, timeout=2_000):
        QTest.keyClick(keys, Key.Key_Space)
    assert not button.isDown()


def test_one_code_in_two_ledgers_is_asked_about(
    office: Office, window: MainWindow, assets: LedgerScreen, scan: Scan, settle: Settle
) -> None:
    with office.session() as session:
        records.create(session, LEDGERS["suppliers"], {"code": "ZC001", "name": "同号公司"})
    assets.table.setFocus()
    scan("ZC001")
    menu = next(m for m in window.findChildren(QMenu) if m.isVisible())
    choices = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert choices == ["Asset: ZC001 办公桌", "Supplier: ZC001 同号公司"]
    menu.actions()[-1].trigger()
    menu.close()
    settle()
    assert window.tabs.current_key() == "suppliers"


@pytest.mark.parametrize(
    "text",
    [
        "资产编号：ZC003\n资产名称：空调",
        "https://assets.example.cn/card?code=ZC003",
        "ｚｃ００３",
        "  ZC003\r\n",
        "编号:ZC003;名称:空调",
    ],
)
def test_labels_of_other_programs_are_understood(office: Office, ids: dict[str, int], text: str) -> None:
    with office.session() as session:
        assert find(session, LEDGERS, text) == [Found("assets", ids["ZC003"], "ZC003", "空调")]


@pytest.mark.parametrize("text", ["", "\x00", "LD:nothing:ZC001", "LD:assets:%", "%", "x" * 100_000, "';--"])
def test_scanned_nonsense_finds_nothing_and_harms_nothing(office: Office, ids: dict[str, int], text: str) -> None:
    with office.session() as session:
        assert find(session, LEDGERS, text) == []


def photo(text: str, *, turned: float = 0.0) -> QImage:
    """A photo of a table with a label on it, a little askew."""
    code: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=6)
    height, width = code.shape
    label = QImage(memoryview(code).tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    image = QImage(900, 700, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkYellow)
    painter = QPainter(image)
    painter.translate(430, 330)
    painter.rotate(turned)
    painter.drawImage(QPointF(-width / 2, -height / 2), label)
    painter.end()
    return image


def test_a_photo_dropped_on_the_window_opens_what_is_on_it(
    window: MainWindow, assets: LedgerScreen, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "照片.jpg"
    assert photo("LD:assets:ZC004", turned=17).save(str(path))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop(assets, mime)
    settle()
    assert opened(assets) == "ZC004"


def drop(screen: LedgerScreen, mime: QMimeData) -> None:
    """Drop something on the table, as the window system tells it: whoever takes it first has it."""
    at = QPointF(40, 40)
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, mime, buttons, modifiers)
    QApplication.sendEvent(screen, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(screen, QDropEvent(at, Qt.DropAction.CopyAction, mime, buttons, modifiers))


def test_a_screenshot_is_pasted_with_ctrl_v(window: MainWindow, assets: LedgerScreen, settle: Settle) -> None:
    QGuiApplication.clipboard().setImage(photo("ZC002"))
    assets.table.setFocus()
    QTest.keyClick(assets.table, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert opened(assets) == "ZC002"


def test_a_picture_without_a_code_and_a_file_that_is_none_are_said_so(
    window: MainWindow, assets: LedgerScreen, tmp_path: Path, settle: Settle
) -> None:
    blank = QImage(300, 300, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    window.finder.look_into(blank)
    settle()
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\nnot really")
    window.finder.look_into(bad)
    settle()
    QGuiApplication.clipboard().setText("no picture")
    window.finder.paste()
    said = window.notices.texts()
    assert said[0].startswith("No code was found")
    assert said[1].startswith("“bad.png” is not a picture")
    assert said[2] == "There is no picture on the clipboard."


def test_the_set_up_of_the_scanner_is_remembered(window: MainWindow, assets: LedgerScreen, scan: Scan) -> None:
    from ui.scanner_dialog import ScannerDialog

    window.finder.set_up()
    dialog = window.findChildren(ScannerDialog)[0]
    QTest.keyClicks(dialog.trial, "~ZC001")
    QTest.keyClick(dialog.trial, Key.Key_Return)
    assert dialog.isVisible()
    dialog.prefix.setText("~")
    dialog.accept()
    assert window.workspace.settings.load("scanner")["prefix"] == "~"
    assets.table.setFocus()
    scan("~ZC001")
    assert opened(assets) == "ZC001"
