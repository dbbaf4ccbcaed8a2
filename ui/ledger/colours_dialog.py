"""The dialog in which the colours of rows are chosen: ready-made rules to tick, and rules of one's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.colours import MOST, Over, Rule
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ready_rules import READY
from ui.ledger.rule_dialog import RuleDialog
from ui.ledger.tints import swatch
from ui.workspace import Workspace

_ROLE = Qt.ItemDataRole.UserRole
_SIZE = (440, 380)


class ColoursDialog(QDialog):
    """A list of rules; the first that a row meets colours it, so their order can be changed."""

    chosen = Signal(tuple)  # of Rule

    def __init__(
        self, workspace: Workspace, entity: Entity, rules: tuple[Rule, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(N_("Colours of rows")))
        self._workspace = workspace
        self._entity = entity
        self.list = QListWidget()
        self.list.setAccessibleName(_(N_("Rules")))
        for rule in rules:
            self._put(rule, ticked=True)
        for rule in READY.get(entity.key, ()):
            if rule not in rules:
                self._put(rule, ticked=False)
        self.list.setCurrentRow(0)
        self.add = self._button(_(N_("New rule …")), self.new_rule)
        self.edit = self._button(_(N_("Change …")), self._edit)
        self.remove = self._button(_(N_("Remove")), self._remove)
        self.up = self._button(_(N_("Up")), partial(self._move, -1))
        self.down = self._button(_(N_("Down")), partial(self._move, 1))
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("bad")
        self.wrong.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_(N_("Use")))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_(N_("Cancel")))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.list.itemDoubleClicked.connect(lambda _item: self._edit())
        self.list.currentRowChanged.connect(lambda _row: self._show_state())
        self._show_state()
        self.resize(*_SIZE)

    def new_rule(self) -> RuleDialog:
        """Make a rule of one's own."""
        return self._ask(None, lambda rule: self._put(rule, ticked=True))

    def accept(self) -> None:
        """Use the ticked rules."""
        items = (self.list.item(row) for row in range(self.list.count()))
        rules = tuple(item.data(_ROLE) for item in items if item.checkState() == Qt.CheckState.Checked)
        if len(rules) > MOST:
            self.wrong.setText(_(N_("At most {most} rules can be told apart. Untick some."), most=MOST))
            self.wrong.show()
            return
        self.chosen.emit(rules)
        super().accept()

    def _lay_out(self) -> None:
        hint = QLabel(_(N_("A row takes the colour of the first ticked rule that it meets.")), wordWrap=True)
        hint.setObjectName("hint")
        side = QVBoxLayout()
        for button in (self.add, self.edit, self.remove, self.up, self.down):
            side.addWidget(button)
        side.addStretch()
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        column = QVBoxLayout(self)
        column.addWidget(hint)
        column.addLayout(middle, 1)
        column.addWidget(self.wrong)
        column.addWidget(self.buttons)

    def _button(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.clicked.connect(lambda: do())
        return button

    def _put(self, rule: Rule, *, ticked: bool) -> None:
        item = QListWidgetItem(self.list)
        self._show_rule(item, rule)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _show_rule(self, item: QListWidgetItem, rule: Rule) -> None:
        item.setText(_(rule.label))
        item.setIcon(swatch(rule.colour))
        item.setData(_ROLE, rule)

    def _ask(self, rule: Rule | None, then: Callable[[Rule], object]) -> RuleDialog:
        dialog = RuleDialog(self._workspace, self._entity, rule, self)
        dialog.made.connect(then)
        dialog.open()
        return dialog

    def _edit(self) -> None:
        item = self.list.currentItem()
        if item is not None and not self._ready(item.data(_ROLE)):
            self._ask(item.data(_ROLE), partial(self._show_rule, item))

    def _remove(self) -> None:
        if self.list.currentItem() is not None:
            self.list.takeItem(self.list.currentRow())

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            self.list.setCurrentRow(row + step)

    def _ready(self, rule: Rule) -> bool:
        return rule in READY.get(self._entity.key, ()) or isinstance(rule.condition, Over)

    def _show_state(self) -> None:
        item = self.list.currentItem()
        own = item is not None and not self._ready(item.data(_ROLE))
        self.edit.setEnabled(own)
        self.remove.setEnabled(own)
        self.up.setEnabled(self.list.currentRow() > 0)
        self.down.setEnabled(0 <= self.list.currentRow() < self.list.count() - 1)
