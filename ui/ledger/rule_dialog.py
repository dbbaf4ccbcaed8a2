"""The dialog in which one rule of colour is made: field, condition, colour, and what the legend says."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.colours import COLOURS, Over, Rule
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.ledger.filters import Blank, Filter
from ui.ledger.filter_editors import FilterEditor, ReferenceFilter, filter_editor
from ui.ledger.filter_words import in_words
from ui.ledger.tints import swatch
from ui.workspace import Workspace

_SIZE = (420, 460)
_LONGEST = 60  # characters of a label


class RuleDialog(QDialog):
    """Makes a rule, or changes one of the user's own."""

    made = Signal(object)  # Rule

    def __init__(self, workspace: Workspace, entity: Entity, rule: Rule | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(N_("Colour rule")))
        self._workspace = workspace
        self._entity = entity
        self._before = rule.condition if rule is not None else None
        self.field = QComboBox()
        for field in entity:
            self.field.addItem(_(field.label), field.key)
        self.how = QComboBox()
        self.colour = QComboBox()
        for colour, name in COLOURS.items():
            self.colour.addItem(swatch(colour), _(name), colour)
        self.label = QLineEdit(_(rule.label) if rule is not None else "", maxLength=_LONGEST)
        self.label.setPlaceholderText(_(N_("as the condition says")))
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("bad")
        self.wrong.hide()
        self.editor: FilterEditor | None = None
        self._place = QVBoxLayout()
        self._lay_out()
        if rule is not None:
            self.colour.setCurrentIndex(self.colour.findData(rule.colour))
            self.field.setCurrentIndex(self.field.findData(rule.condition.key))
        self.field.currentIndexChanged.connect(lambda _at: self._show_field(None))
        self.how.currentIndexChanged.connect(lambda _at: self._show_editor())
        self._show_field(self._before)
        self.resize(*_SIZE)

    def accept(self) -> None:
        """Give the rule, or say what is wrong."""
        try:
            rule = self._rule()
        except UserError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        self.made.emit(rule)
        super().accept()

    def _rule(self) -> Rule:
        condition = self._condition()
        if condition is None:
            raise UserError(N_("Say what the field must hold."))
        label = " ".join(self.label.text().split())
        return Rule(label or self._words(condition)[:_LONGEST], str(self.colour.currentData()), condition)

    def _words(self, condition: Filter | Over) -> str:
        if isinstance(condition, Over):
            return _(N_("{field}: over"), field=_(self._field().label))
        names = self.editor.names() if isinstance(self.editor, ReferenceFilter) else {}
        return in_words(self._entity, condition, names)

    def _condition(self) -> Filter | Over | None:
        key = self._field().key
        match self.how.currentData():
            case "empty" | "filled" as how:
                return Blank(key, empty=how == "empty")
            case "over":
                return Over(key)
        assert self.editor is not None
        return self.editor.filter()

    def _field(self) -> Field:
        return self._entity.by_key[str(self.field.currentData())]

    def _show_field(self, before: Filter | Over | None) -> None:
        field = self._field()
        if self.editor is not None:
            self._place.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = filter_editor(self._workspace, field, before, {})
        self._place.addWidget(self.editor)
        self.how.blockSignals(True)
        self.how.clear()
        self.how.addItem(_(N_("Holds")), "holds")
        if field.kind is Kind.DATE:
            self.how.addItem(_(N_("Is before today")), "over")
        if field.nullable:
            self.how.addItem(_(N_("Is empty")), "empty")
            self.how.addItem(_(N_("Is filled")), "filled")
        self.how.setCurrentIndex(max(self.how.findData(_how(before)), 0))
        self.how.blockSignals(False)
        self._show_editor()

    def _show_editor(self) -> None:
        assert self.editor is not None
        self.editor.setVisible(self.how.currentData() == "holds")
        self.wrong.hide()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_(N_("Field")), self.field)
        form.addRow(_(N_("Condition")), self.how)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_(N_("Use")))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_(N_("Cancel")))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        look = QFormLayout()
        look.addRow(_(N_("Colour")), self.colour)
        look.addRow(_(N_("In the legend")), self.label)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addLayout(self._place, 1)
        column.addLayout(look)
        column.addWidget(self.wrong)
        column.addWidget(self.buttons)


def _how(condition: Filter | Over | None) -> str:
    match condition:
        case Over():
            return "over"
        case Blank(_, empty):
            return "empty" if empty else "filled"
    return "holds"
