"""What a clerk's hands do in a ledger, and what is found there afterwards."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from db.session import Target, make_engine
from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.ui.windows import Settle
from ui.ledger.headings import words
from ui.ledger.paste_dialog import PasteDialog
from ui.ledger.rows_dialog import RowsDialog
from ui.ledger.screen import LedgerScreen

NO = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
ASSETS = LEDGERS["assets"]


def stand(screen: LedgerScreen, row: int, key: str) -> None:
    """Put the keyboard on a cell."""
    screen.table.setFocus()
    screen.table.stand_on(screen.model.index(row, place(screen, key)))


def place(screen: LedgerScreen, key: str) -> int:
    """The number of a column."""
    return [field.key for field in screen.entity].index(key)


def at(screen: LedgerScreen) -> tuple[int, str]:
    """Where the keyboard is."""
    index = screen.table.currentIndex()
    return index.row(), screen.entity.fields[index.column()].key


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key for whatever has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def write(text: str) -> None:
    """Type into whatever has the focus; Chinese comes from the input method, at once."""
    focused: Any = QApplication.focusWidget()
    if text.isascii():
        QTest.keyClicks(focused, text)
    else:
        focused.insert(text)


def stored(office: Office, record: int) -> dict[str, Any]:
    """An asset as the database has it."""
    with office.session() as session:
        return records.read(session, LEDGERS, ASSETS, record).values


def press_on(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NO, times: int = 1) -> None:
    """A key for a widget."""
    for _time in range(times):
        QTest.keyClick(widget, key, modifier)


def paste(screen: LedgerScreen, settle: Settle) -> PasteDialog:
    """Paste; gives the dialog that asks."""
    press_on(screen.table, Qt.Key.Key_V, CTRL)
    settle()
    return next(dialog for dialog in screen.findChildren(PasteDialog) if dialog.isVisible())


def back(screen: LedgerScreen) -> None:
    """Turn to the window again after a dialog."""
    screen.window().activateWindow()
    assert QTest.qWaitForWindowActive(screen.window())


def lines(screen: LedgerScreen) -> list[str]:
    """Each line as the table shows it: a heading in words, a row by its code."""
    said = []
    for row in range(screen.model.rowCount()):
        heading = screen.model.heading_at(row)
        said.append(words(screen.table, heading) if heading else str(screen.model.index(row, 0).data()))
    return said


def choose(menu: QMenu, text: str) -> None:
    """Choose from a menu as the arrow keys and Enter do."""
    menu.aboutToShow.emit()
    action = next(each for each in menu.actions() if each.text() == text)
    assert action.isEnabled()
    action.trigger()


def many(office: Office, count: int) -> None:
    """Store many assets."""
    with office.session() as session:
        session.execute(
            sa.text(
                "INSERT INTO app.asset (code, name, original_value) SELECT 'N' || lpad(n::text, 6, '0'), 'chair', n "
                "FROM generate_series(1, :count) n"
            ),
            {"count": count},
        )


def inputs(dialog: RowsDialog) -> Any:
    """What is filled in to change many rows, whichever way."""
    return dialog.inputs


def colleague(database: Target, record: int, **values: object) -> None:
    """Somebody else changes a row."""
    engine = make_engine(database)
    with sa.orm.Session(engine) as session, session.begin():
        version = records.read(session, LEDGERS, ASSETS, record).version
        records.update(session, LEDGERS, ASSETS, record, version, values)
    engine.dispose()
