"""Why a figure is what it is, in words with the numbers filled in, to be read or copied."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.why import Why
from logistics_desktop.i18n import N_, _
from ui.depreciation import work
from ui.depreciation.numbers import called, money
from ui.ledger.popup import Popup
from ui.workspace import Workspace

_WIDTH = 560


class WhyPopup(Popup):
    """The explanation of one charge."""

    def __init__(self, why: Why, parent: QWidget) -> None:
        super().__init__(parent)
        self.why = why
        self.setFixedWidth(_WIDTH)
        explained = why.explanation
        title = QLabel(f"{explained.period}  {money(explained.amount)}", textFormat=Qt.TextFormat.PlainText)
        title.setObjectName("recordTitle")
        posted = _(N_("In the books")) if why.posted else _(N_("To come, if nothing changes"))
        about = QLabel(f"{called(why.code, why.name)} · {posted}", textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        about.setObjectName("hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(about)
        for heading, lines in self._parts():
            column.addWidget(_heading(heading))
            text = QLabel("\n".join(lines), textFormat=Qt.TextFormat.PlainText, wordWrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(text)
        self.copy_button = QPushButton(_(N_("Copy")))
        self.copy_button.clicked.connect(self.copy)
        leave = QPushButton(_(N_("Close")))
        leave.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.copy_button)
        foot.addWidget(leave)
        column.addSpacing(4)
        column.addLayout(foot)
        self.adjustSize()

    def text(self) -> str:
        """All of it, to be pasted elsewhere."""
        explained = self.why.explanation
        head = f"{called(self.why.code, self.why.name)}  {explained.period}  {money(explained.amount)}"
        return "\n".join([head, *explained.lines])

    def copy(self) -> None:
        """Put it on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def _parts(self) -> list[tuple[str, list[str]]]:
        one = self.why.explanation
        inputs = [_(N_("{label}: {value}"), label=label, value=value) for label, value in one.inputs]
        parts = [
            (_(N_("Rule")), [one.rule, one.source, *one.origin]),
            (_(N_("Formula")), [one.formula, *one.working]),
            (_(N_("What goes into it")), inputs),
            (_(N_("Rounding")), [one.rounding]),
        ]
        return [(heading, [line for line in lines if line]) for heading, lines in parts if any(lines)]


def explain(workspace: Workspace, book: BookLine, asset: int, month: Month, parent: QWidget) -> None:
    """Open the explanation of a charge over the window of `parent`, in its middle."""
    do = partial(work.explained, workspace.office, book.id, asset, month)
    workspace.tasks.run(do, partial(_open, parent), owner=parent, key="why")


def _open(parent: QWidget, why: Why) -> None:
    popup = WhyPopup(why, parent)
    room = parent.window().rect()
    corner = room.center() - QPoint(popup.width() // 2, popup.height() // 2)
    popup.open_over(parent.window().mapToGlobal(corner))
    popup.copy_button.setFocus()


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("groupTitle")
    return label
