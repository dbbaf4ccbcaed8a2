"""How the rows of a ledger look beyond columns and filters: groups, pinned columns, colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.colours import Rule
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.groups import LEVELS, groupable
from ui.ledger.colours_dialog import ColoursDialog
from ui.ledger.filter_bar import Chip
from ui.ledger.headings import HeadingKeys
from ui.ledger.table import LedgerTable
from ui.ledger.tints import swatch
from ui.ledger.view import Column
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.ledger.filter_bar import FilterBar

COLUMN_COMMANDS = ("group", "then_group", "ungroup", "open_groups", "close_groups", "pin_column", "unpin_column")
"""Keys of `ui.actions` that `Looks` carries out."""

_PIXELS = 12


class Looks:
    """The groups and colours of one screen, with the commands that change them.

    `changed` is called when the rows must be read again, `arrange` when columns are to be pinned.
    """

    def __init__(
        self,
        workspace: Workspace,
        table: LedgerTable,
        filters: FilterBar,
        changed: Callable[[], object],
        arrange: Callable[[tuple[Column, ...]], object],
    ) -> None:
        self.groups: tuple[str, ...] = ()
        self.rules: tuple[Rule, ...] = ()
        self.legend = Legend(table.rows.entity)
        self._workspace = workspace
        self._table = table
        self._entity = table.rows.entity
        self._filters = filters
        self._changed = changed
        self._arrange = arrange
        self._chip: Chip | None = None
        HeadingKeys(table)

    def show(self, groups: tuple[str, ...], rules: tuple[Rule, ...]) -> None:
        """Take groups and rules as a view has them; the rows are read by whoever shows the view."""
        self.groups, self.rules = groups, rules
        self.legend.show_rules(rules)
        self._show_chip()

    def group_by(self, groups: tuple[str, ...]) -> None:
        """Group by these fields, or not at all."""
        self.show(groups[:LEVELS], self.rules)
        self._changed()

    def colour(self, rules: tuple[Rule, ...]) -> None:
        """Colour by these rules."""
        self.show(self.groups, rules)
        self._changed()

    def pin(self, key: str, *, pinned: bool) -> None:
        """Keep a column on the left, or let it scroll."""
        self._arrange(tuple(replace(c, pinned=pinned) if c.key == key else c for c in self._table.columns()))

    def ask_colours(self, parent: QWidget) -> ColoursDialog:
        """Open the dialog of the rules."""
        dialog = ColoursDialog(self._workspace, self._entity, self.rules, parent)
        dialog.chosen.connect(self.colour)
        dialog.open()
        return dialog

    def commands(self, key: str) -> tuple[str, ...]:
        """Which commands of `COLUMN_COMMANDS` have a meaning for a column as things are."""
        found: list[str] = []
        if key in self.groups:
            found.append("ungroup")
        elif groupable(self._entity.by_key[key]):
            found += ["group", "then_group"] if len(self.groups) == 1 else ["group"]
        if self.groups:
            found += ["open_groups", "close_groups"]
        return (*found, "unpin_column" if self._table.pins.holds(key) else "pin_column")

    def do(self, command: str, key: str) -> None:
        """Carry out one of the commands for a column; one that has no meaning there does nothing."""
        if command not in self.commands(key):
            return
        match command:
            case "group":
                self.group_by((key,))
            case "then_group":
                self.group_by((*self.groups, key))
            case "ungroup":
                self.group_by(tuple(group for group in self.groups if group != key))
            case "open_groups" | "close_groups":
                self._table.rows.open_all(opened=command == "open_groups")
            case "pin_column" | "unpin_column":
                self.pin(key, pinned=command == "pin_column")

    def _show_chip(self) -> None:
        if self._chip is not None:
            self._filters.take_off(self._chip)
            self._chip = None
        if self.groups:
            by = " › ".join(_(self._entity.by_key[key].label) for key in self.groups)
            self._chip = Chip(_(N_("Grouped by {field}"), field=by), self._filters)
            self._chip.cross.setToolTip(_(N_("Show the rows without groups")))
            self._chip.removed.connect(lambda: self.group_by(()))
            self._chip.clicked.connect(self._toggle_all)
            self._chip.text.setToolTip(_(N_("Open or close all groups")))
            self._filters.put_last(self._chip)

    def _toggle_all(self) -> None:
        rows = self._table.rows
        closed = all(rows.heading_at(row) is not None for row in range(min(rows.rowCount(), 200)))
        rows.open_all(opened=closed)


class Legend(QWidget):
    """What the colours mean, below the table; gone where there are none."""

    def __init__(self, entity: Entity) -> None:
        super().__init__()
        self.setObjectName("totals")
        self.setAccessibleName(_(N_("Legend of the colours")))
        self._entity = entity
        self.labels: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 3, 8, 3)
        self._row.addStretch()
        self.hide()

    def show_rules(self, rules: tuple[Rule, ...]) -> None:
        """Say what these rules are called."""
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.labels = [_(rule.label) for rule in rules]
        for at, rule in enumerate(rules):
            sample = QLabel()
            sample.setPixmap(swatch(rule.colour).pixmap(_PIXELS, _PIXELS))
            said = QLabel(_(rule.label))
            said.setContentsMargins(0, 0, 10, 0)
            self._row.insertWidget(2 * at, sample)
            self._row.insertWidget(2 * at + 1, said)
        self.setVisible(bool(rules))
