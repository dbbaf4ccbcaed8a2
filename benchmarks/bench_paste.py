"""How long the window is blocked while a large block is pasted: read, checked, shown, stored, undone.

    python -m benchmarks.bench_paste [--rows 10000] [--columns 10] [--ledger 20000]

The heartbeat is that of bench_window: the longest gap between two beats is how long a key would have waited.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from benchmarks.bench_window import BenchOffice, Clerk
from benchmarks.ledger_data import store
from db.embedded import running
from db.provision import prepare_database
from db.session import connection_string, embedded_target, make_engine
from logistics_desktop import settings
from ui import theme
from ui.app import make_application
from ui.appearance import Theme
from ui.ledger.paste_dialog import PasteDialog
from ui.ledger.screen import LedgerScreen
from ui.ledger.view import Column
from ui.main_window import MainWindow

_CTRL = Qt.KeyboardModifier.ControlModifier
_PASTED = {
    "name": "新名称{n}",
    "specification": "{n}*80mm",
    "unit": "个",
    "quantity": "{n}",
    "original_value": "￥{n}，000．50",
    "in_service_on": "2024年3月{day}日",
    "status": "闲置",
    "life_months": "60",
    "residual_rate": "5%",
    "note": "第{n}行",
}


def block(rows: int, columns: int) -> str:
    """The text of a block as Excel copies it."""
    cells = list(_PASTED.values())[:columns]
    lines = ("\t".join(cell.format(n=n % 997 + 1, day=n % 28 + 1) for cell in cells) for n in range(rows))
    return "\r\n".join(lines) + "\r\n"


def run(window: MainWindow, screen: LedgerScreen, rows: int, columns: int) -> None:
    """Paste, confirm, undo."""
    clerk = Clerk(window, screen)
    keys = list(_PASTED)[:columns]
    shown = sorted(screen.table.columns(), key=lambda column: keys.index(column.key) if column.key in keys else 99)
    screen._arrange(tuple(Column(column.key, column.key in keys) for column in shown))
    clerk.settle()
    QGuiApplication.clipboard().setText(block(rows, columns))
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    screen.table.setFocus()
    screen.table.setCurrentIndex(screen.model.index(0, screen.table.shown_columns()[0]))
    print(f"{rows:,} rows of {columns} columns{'longest block':>32}{'all done':>11}  ms")
    clerk.does("paste: checked and shown", lambda: QTest.keyClick(screen.table, Qt.Key.Key_V, _CTRL))
    dialog = screen.findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    print(f"  {dialog.said.text()}")
    clerk.does("look at the last rows", dialog.table.scrollToBottom)
    clerk.does("confirm: stored", dialog.paste.click)
    clerk.does("undo", window.edits.undo)


def main() -> None:
    """Open the window on a ledger of some thousand assets and paste."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--columns", type=int, default=10, choices=range(1, len(_PASTED) + 1))
    asked.add_argument("--ledger", type=int, default=20_000)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # run as root, the server has another account
        os.environ["LOGISTICS_DESKTOP_HOME"] = str(Path(folder) / "home")
        with running(Path(folder) / "data") as server:
            target = embedded_target(server, "office")
            prepare_database(connection_string(target))
            engine = make_engine(target)
            with engine.begin() as filling:
                store(filling, options.ledger)
            app = make_application()
            theme.apply(app, Theme.LIGHT)
            window = MainWindow(BenchOffice(engine), settings)  # type: ignore[arg-type]  # as much of it as is used
            window.resize(1600, 900)
            window.show()
            screen = window.open_module("assets")
            assert isinstance(screen, LedgerScreen)
            run(window, screen, options.rows, options.columns)
            window.close()
            engine.dispose()


if __name__ == "__main__":
    main()
