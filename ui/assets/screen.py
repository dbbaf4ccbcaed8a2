"""The screen of the assets: what every ledger has, and the cards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QDialog, QMenu, QToolButton, QVBoxLayout, QWidget

from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.cards import Made
from logistics_desktop.i18n import N_, _
from ui.actions import bind, make
from ui.assets import work
from ui.assets.entry_dialog import EntryDialog
from ui.assets.handover_dialog import HandoverDialog
from ui.assets.merge_dialog import MergeDialog
from ui.assets.numbering_dialog import NumberingDialog
from ui.assets.split_dialog import SplitDialog
from ui.assets.steps_dialog import StepsDialog
from ui.assets.tray import Tray
from ui.documents.asset_commands import RunningNotice, StartMenu
from ui.ledger.screen import LedgerScreen
from ui.notices import Tone
from ui.theme import icon
from ui.workspace import Workspace


@runtime_checkable
class ShowsSchedule(Protocol):
    """What the screen of another module offers for an asset."""

    def show_schedule(self, asset: int) -> None:
        """Show the months of an asset."""


class AssetsScreen(LedgerScreen):
    """The ledger of assets with the menu of the cards and the waiting tray."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, ASSETS, parent)
        self.tray = Tray(workspace, self.show_query, self.give_numbers)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(2, self.tray)
        self._follow_query()
        self.model.started.connect(self._follow_query)
        self.model.replaced.connect(lambda *_news: self.tray.count())
        workspace.changes.changed.connect(self._recount)
        self.cards = QMenu(self)
        self.split = self._add("split", self.split_selected)
        self.merge = self._add("merge", self.merge_selected)
        self.entry = self._add("enter_many", self.enter_many)
        self.number = self._add("give_numbers", self.give_numbers)
        self.cards.addSeparator()
        self.sheet = self._add("hand_over", self.hand_over)
        self.documents = StartMenu(workspace, self.table.selected_ids, self)
        self.start_document = self._add("start_document", self.begin_document)
        self.running = RunningNotice(workspace, self.panel)
        self.panel.add_notice(self.running)
        self.cards.addSeparator()
        self.rule = self._add("number_rule", self.edit_rule)
        self.steps = self._add("card_steps", self.show_steps)
        self.cards.addSeparator()
        self.depreciation = self._add("asset_schedule", self.show_depreciation)
        self._add_button()
        self.toolbar.extra = (
            self.split,
            self.merge,
            self.number,
            self.sheet,
            self.start_document,
            self.depreciation,
        )
        workspace.rights.changed.connect(self._show_allowed_cards)
        self._show_allowed_cards()

    def split_selected(self) -> QDialog | None:
        """Split the row that the keyboard is on."""
        asset = self.table.current_id()
        return self._open(SplitDialog(self.workspace, asset, self)) if asset is not None else None

    def merge_selected(self) -> QDialog:
        """Make one row of the selected ones."""
        return self._open(MergeDialog(self.workspace, self.table.selected_ids(), self))

    def enter_many(self) -> QDialog:
        """Make many cards from one entry."""
        return self._open(EntryDialog(self.workspace, self))

    def hand_over(self) -> QDialog:
        """List everything in a person's name."""
        return self._open(HandoverDialog(self.workspace, self.table.current_id(), self))

    def begin_document(self) -> None:
        """Choose what kind of document to begin about the selected rows."""
        self.documents.popup(QCursor.pos() if self.underMouse() else self.mapToGlobal(self.rect().center()))

    def edit_rule(self) -> QDialog:
        """Change the rule for numbers."""
        return self._open(NumberingDialog(self.workspace, self))

    def show_steps(self) -> QDialog:
        """Show what can be taken back."""
        return self._open(StepsDialog(self.workspace, self))

    def show_depreciation(self) -> None:
        """Show the depreciation of the row that the keyboard is on."""
        asset = self.table.current_id()
        if asset is not None:
            screen = self.workspace.open_module("depreciation")
            if isinstance(screen, ShowsSchedule):
                screen.show_schedule(asset)

    def give_numbers(self) -> None:
        """Give numbers to those of the selected rows that have none."""
        do = partial(work.give_numbers, self.workspace.office, self.table.selected_ids())
        self.workspace.tasks.run(do, self._numbered, owner=self, key="number", title=_(N_("Giving numbers")))

    def _numbered(self, made: Made) -> None:
        codes = made.codes
        text = N_("{count} numbers were given: {first} to {last}.")
        said = _(text, count=len(codes), first=codes[0], last=codes[-1])
        self.workspace.notices.say(said, Tone.DONE)
        self.refresh()

    def _open(self, dialog: QDialog) -> QDialog:
        dialog.accepted.connect(self.refresh)
        dialog.open()
        return dialog

    def _show_allowed_cards(self) -> None:
        rights = self.workspace.rights.now
        for action in (self.split, self.merge, self.entry, self.number, self.steps):
            action.setVisible(rights.writes(ASSETS.table))
        self.start_document.setVisible(rights.may("documents.write"))
        self.rule.setVisible(rights.may("settings.write"))

    def _follow_query(self) -> None:
        self.tray.follow(self.filters.query())

    def _recount(self, tables: frozenset[str]) -> None:
        if not tables or ASSETS.table in tables:
            self.tray.count()

    def _add(self, key: str, do: Callable[[], object]) -> QAction:
        action = bind(make(key, self, do), self, inside=True)
        self.cards.addAction(action)
        return action

    def _add_button(self) -> None:
        button = QToolButton()
        button.setText(_(N_("Cards")))
        button.setIcon(icon("list"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self.cards)
        self.toolbar.insertWidget(self.toolbar.import_, button)
