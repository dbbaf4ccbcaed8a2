"""The waiting tray: how many cards still lack a number, a place or a keeper, and one press to see them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from logistics_desktop.features.assets.cards import WAITS_FOR, waiting_filters
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.filters import Query
from ui.assets import work
from ui.workspace import Workspace


class Tray(QWidget):
    """A button for each lack, pressed while its cards are shown; gone when nothing waits."""

    def __init__(
        self, workspace: Workspace, show: Callable[[Query], object], give_numbers: Callable[[], object]
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._show = show
        self._counts: dict[str, int] = {}
        self._query = Query()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 10, 3)
        row.setSpacing(6)
        self.label = QLabel(_(N_("Waiting:")))
        self.label.setObjectName("hint")
        row.addWidget(self.label)
        self.buttons = {key: QPushButton(autoDefault=False) for key in WAITS_FOR}
        for key, button in self.buttons.items():
            button.setObjectName("fate")
            button.setCheckable(True)
            button.clicked.connect(lambda on, key=key: self._press(key, on=on))
            row.addWidget(button)
        self.give = QPushButton(_(N_("Give numbers to the selected")), autoDefault=False)
        self.give.setObjectName("way")
        self.give.clicked.connect(lambda: give_numbers())
        row.addWidget(self.give)
        row.addStretch(1)
        self.hide()
        self.count()

    def count(self) -> None:
        """Count what waits, beside the window."""
        do = partial(work.waiting, self._workspace.office)
        self._workspace.tasks.run(do, self._take, owner=self, key="count")

    def follow(self, query: Query) -> None:
        """Press the button whose cards are shown."""
        self._query = query
        for key, button in self.buttons.items():
            button.setChecked(set(waiting_filters(key)) <= set(query.filters))
        self.give.setVisible(self.buttons["code"].isChecked())
        self._show_state()

    def _take(self, counts: dict[str, int]) -> None:
        self._counts = counts
        for key, button in self.buttons.items():
            button.setText(f"{_(WAITS_FOR[key])}  {counts[key]:,}")
        self._show_state()

    def _show_state(self) -> None:
        pressed = any(button.isChecked() for button in self.buttons.values())
        for key, button in self.buttons.items():
            button.setVisible(bool(self._counts.get(key)) or button.isChecked())
        self.setVisible(pressed or any(self._counts.values()))

    def _press(self, key: str, *, on: bool) -> None:
        self._show(Query(waiting_filters(key) if on else ()))
