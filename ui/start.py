"""The first tab: every module at a glance, so that a new user sees what there is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from ui.theme import icon
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.registry import Module

_COLUMNS = 5
_TILE = QSize(148, 84)


class StartPage(QScrollArea):
    """Tiles of the modules in their groups, without those of which the user can see nothing; a tile opens its tab."""

    def __init__(self, modules: Sequence[Module], workspace: Workspace) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._modules = modules
        self._workspace = workspace
        workspace.rights.changed.connect(self._lay_out)
        self._lay_out()

    def _lay_out(self) -> None:
        workspace = self._workspace
        offered = [module for module in self._modules[1:] if module.offered_to(workspace.rights.now)]
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        column.addWidget(_heading(_(N_("Good to see you, {user}."), user=workspace.office.user), "pageTitle"))
        for group, members in groupby(offered, key=lambda module: module.group):
            column.addWidget(_heading(_(group), "groupTitle"))
            column.addLayout(_tiles(list(members), workspace))
        column.addStretch(1)
        self.setWidget(page)


def _heading(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    return label


def _tiles(modules: Sequence[Module], workspace: Workspace) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(10)
    grid.setColumnStretch(_COLUMNS, 1)
    for place, module in enumerate(modules):
        tile = QToolButton()
        tile.setObjectName("tile")
        tile.setText(_(module.title))
        tile.setIcon(icon(module.icon))
        tile.setIconSize(QSize(28, 28))
        tile.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        tile.setFixedSize(_TILE)
        tile.clicked.connect(partial(_open, workspace, module.key))
        grid.addWidget(tile, *divmod(place, _COLUMNS))
    return grid


def _open(workspace: Workspace, key: str, _checked: bool = False) -> None:
    workspace.open_module(key)
