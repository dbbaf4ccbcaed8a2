"""The bars of the documents' screen: what the list shows, and what can be done with the document on show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QToolBar, QVBoxLayout, QWidget

from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.features.documents.opened import Opened
from logistics_desktop.features.documents.words import STATES
from logistics_desktop.i18n import N_, _
from ui.documents.work import Asked

_PAUSE_MS = 200
_ICON = QSize(16, 16)
_RUNNING = ("submitted", "returned")


class SearchBar(QWidget):
    """Kind, state, mine or all, and a part of the number or the name."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = QLineEdit(placeholderText=_(N_("Number or requester")), clearButtonEnabled=True)
        self.kind = _box(_(N_("Kind")), [(_(N_("All kinds")), None)])
        states = [(_(N_("All states")), ()), (_(N_("Running")), _RUNNING)]
        self.state = _box(_(N_("State")), [*states, *((_(text), (key,)) for key, text in STATES.items())])
        self.mine = QCheckBox(_(N_("Mine")))
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.changed)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.addWidget(self.text, 0, 0, 1, 2)
        grid.addWidget(self.mine, 0, 2)
        grid.addWidget(self.kind, 1, 0)
        grid.addWidget(self.state, 1, 1, 1, 2)
        self.text.textChanged.connect(lambda _text: self._pause.start())
        self.kind.activated.connect(lambda _at: self.changed.emit())
        self.state.activated.connect(lambda _at: self.changed.emit())
        self.mine.toggled.connect(lambda _on: self.changed.emit())

    def offer(self, kinds: Sequence[Kind]) -> None:
        """Let one of these kinds be chosen."""
        for kind in kinds:
            self.kind.addItem(_(kind.title), kind.key)

    def asked(self) -> Asked:
        """What the list is to show."""
        states = tuple(self.state.currentData() or ())
        return Asked(self.kind.currentData(), states, self.mine.isChecked(), self.text.text().strip())


class DocumentBar(QWidget):
    """The name of the document on show above the commands."""

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.title.setObjectName("recordTitle")
        self.title.setContentsMargins(12, 8, 12, 0)
        self.tools = QToolBar()
        self.tools.setIconSize(_ICON)
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.tools)

    def fill(self, actions: Sequence[QAction]) -> None:
        """Show these commands."""
        self.tools.addActions(list(actions))

    def show_document(self, opened: Opened | None) -> None:
        """Say which document is on show."""
        if opened is None:
            self.title.clear()
            return
        one = opened.document
        title, state = _(one.kind.title), _(STATES[one.state])
        said = f"{title} {one.number}" if one.number else title
        self.title.setText(_(N_("{document} · {state}"), document=said, state=state))


def _box(name: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for text, value in choices:
        box.addItem(text, value)
    return box
