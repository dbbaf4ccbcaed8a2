"""All keys on one page, as `ui.actions` declares them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from logistics_desktop.features.permissions.rights import Rights
from logistics_desktop.i18n import N_, _
from ui import actions
from ui.actions import COMMANDS, Command, Place
from ui.registry import Module

_COLUMNS = 3


class CheatSheet(QDialog):
    """Every command by the place where its keys work; typing finds one. F1 and Esc close it."""

    def __init__(self, modules: Sequence[Module], rights: Rights, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_(N_("Keyboard shortcuts")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1120, 680)
        offered = [(n, module) for n, module in enumerate(modules, 1) if module.offered_to(rights)]
        self._titles = {f"module_{n}": _(module.title) for n, module in offered}
        self._groups: list[_Group] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(_(N_("Find a key or what it does")))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self._lay_out()

    def lines(self) -> list[tuple[str, str]]:
        """What is on show: the keys and what they do."""
        return [line for group in self._groups for line in group.shown()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 closes what F1 opened."""
        if event.key() == Qt.Key.Key_F1:
            self.close()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        across = QHBoxLayout(page)
        columns = [QVBoxLayout() for _column in range(_COLUMNS)]
        for column in columns:
            across.addLayout(column, 1)
        heights = [0] * _COLUMNS
        for place in Place:
            members = [command for command in COMMANDS if command.place is place and self._known(command)]
            group = _Group(_(place.value), list(map(self._line, members)))
            lowest = heights.index(min(heights))
            columns[lowest].addWidget(group)
            heights[lowest] += len(group.texts) + 2
            self._groups.append(group)
        for column in columns:
            column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        whole = QVBoxLayout(self)
        whole.addWidget(self.search)
        whole.addWidget(area, 1)

    def _known(self, command: Command) -> bool:
        return not command.key.startswith("module_") or command.key in self._titles

    def _line(self, command: Command) -> tuple[str, str]:
        return actions.keys_in_words(command), self._titles.get(command.key) or actions.name(_(command.text))

    def _find(self, words: str) -> None:
        for group in self._groups:
            group.show_with(words.casefold().split())


class _Group(QWidget):
    """The keys of one place below its name."""

    def __init__(self, title: str, texts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.texts = texts
        heading = QLabel(title)
        heading.setObjectName("groupTitle")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 12, 10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        grid.addWidget(heading, 0, 0, 1, 2)
        self._labels = []
        for row, (keys, does) in enumerate(texts, 1):
            left, right = QLabel(keys), QLabel(does)
            left.setObjectName("keys")
            right.setWordWrap(True)
            grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(right, row, 1)
            self._labels.append((left, right))

    def shown(self) -> list[tuple[str, str]]:
        """The lines on show."""
        return [text for text, (left, _r) in zip(self.texts, self._labels, strict=True) if not left.isHidden()]

    def show_with(self, words: Sequence[str]) -> None:
        """Show only the lines with all the words."""
        for text, labels in zip(self.texts, self._labels, strict=True):
            said = " ".join(text).casefold()
            for label in labels:
                label.setVisible(all(word in said for word in words))
        self.setVisible(bool(self.shown()))
