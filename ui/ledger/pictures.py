"""A ledger at work, for the pictures of the manual: a cell being edited, the palette over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from ui.ledger.cell_editor import Move
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow
from ui.palette import Palette


def at_work(window: MainWindow, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """Each picture's name and the widget to take it of; nothing where the window has no assets to show."""
    screen = window.open_module("assets")
    if not isinstance(screen, LedgerScreen) or not screen.model.rowCount():
        return
    settle()
    last = screen.model.rowCount() - 1
    screen.table.stand_on(screen.model.index(min(1, last), [field.key for field in screen.entity].index("name")))
    screen.cells.start()
    editor = screen.cells.editor
    if editor is not None:
        editor.editor.clear()
        editor.take(Move.DOWN)
        yield "assets-cells", window
        editor.dropped.emit()
    palette = Palette(window)
    palette.open_below(window.menuBar())
    palette.search.setText("zc")
    settle()
    yield "palette", window
    palette.close()
