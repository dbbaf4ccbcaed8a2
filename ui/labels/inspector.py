"""What the chosen element of a label is like: its place, size and turn, and what is peculiar to its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.features.labels.design import (
    TURNS,
    Align,
    Box,
    Code,
    Element,
    Frame,
    Level,
    Overflow,
    Symbology,
    Text,
    turned,
)
from logistics_desktop.features.labels.filling import LABELS
from logistics_desktop.features.labels.symbologies import RULES
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from ui.labels.numbers import number

_ALIGNS = {Align.LEFT: N_("To the left"), Align.CENTRE: N_("Centred"), Align.RIGHT: N_("To the right")}
_OVERFLOWS = {Overflow.SHRINK: N_("Smaller letters"), Overflow.CLIP: N_("Cut off")}
_LEVELS = {Level.L: "L (7 %)", Level.M: "M (15 %)", Level.Q: "Q (25 %)", Level.H: "H (30 %)"}
_PATTERN_LINES = 3


class Inspector(QWidget):
    """Shows one element and tells what the user makes of it."""

    edited = Signal(object, object)  # the new Element, and what kind of step it is

    def __init__(self, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity = entity
        self._element: Element | None = None
        self._fields: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._form = QWidget()
        self._column.addWidget(self._form)
        self._column.addStretch(1)
        self.show_element(None)

    def field(self, name: str) -> QWidget:
        """The editor of one property."""
        return self._fields[name]

    def show_element(self, element: Element | None) -> None:
        """Show an element; the editors stay where it is the same one, only moved or edited."""
        if element is None or type(element) is not type(self._element):
            self._build(element)
        self._element = element
        if element is not None:
            self._fill(element)

    def _build(self, element: Element | None) -> None:
        self._fields = {}
        form = QWidget()
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        if element is None:
            rows.addRow(QLabel(_(N_("Click on something on the label, or add something.")), wordWrap=True))
        else:
            self._add_own(rows, element)
            self._add_place(rows)
        self._column.replaceWidget(self._form, form)
        self._form.deleteLater()
        self._form = form

    def _add_own(self, rows: QFormLayout, element: Element) -> None:
        match element:
            case Text():
                self._add_pattern(rows, _(N_("Text")))
                self._add_number(rows, "size", _(N_("Letters")), (2, 200, " pt"))
                self._add_check(rows, "bold", _(N_("Bold")))
                self._add_choice(rows, "align", _(N_("Aligned")), {key: _(text) for key, text in _ALIGNS.items()})
                self._add_choice(
                    rows, "overflow", _(N_("Too long")), {key: _(text) for key, text in _OVERFLOWS.items()}
                )
            case Code():
                self._add_pattern(rows, _(N_("Content")))
                self._add_choice(
                    rows, "symbology", _(N_("Kind of code")), {key: rules.title for key, rules in RULES.items()}
                )
                if element.symbology is Symbology.QR:
                    self._add_choice(rows, "level", _(N_("May be damaged")), _LEVELS)
                else:
                    self._add_check(rows, "caption", _(N_("Content below the bars")))
            case Frame():
                self._add_number(rows, "line", _(N_("Line")), (0.05, 10, " mm"))

    def _add_place(self, rows: QFormLayout) -> None:
        for name, label in (
            ("x", N_("From left")),
            ("y", N_("From top")),
            ("width", N_("Width")),
            ("height", N_("Height")),
        ):
            made = number(-2000 if name in "xy" else 0, 2000)
            made.valueChanged.connect(partial(self._place, name))
            self._add(rows, name, _(label), made)
        self._add_choice(rows, "turn", _(N_("Turned")), {turn: f"{turn}°" for turn in TURNS})

    def _add(self, rows: QFormLayout, name: str, label: str, widget: QWidget) -> None:
        widget.setAccessibleName(label)
        self._fields[name] = widget
        rows.addRow(label, widget)

    def _add_pattern(self, rows: QFormLayout, label: str) -> None:
        made = QPlainTextEdit(tabChangesFocus=True)
        made.setFixedHeight(made.fontMetrics().lineSpacing() * _PATTERN_LINES + 14)
        made.textChanged.connect(lambda: self._set("pattern", made.toPlainText()))
        self._add(rows, "pattern", label, made)
        insert = QPushButton(_(N_("Insert a field")), autoDefault=False)
        insert.setMenu(self._field_menu(insert, made.insertPlainText))
        rows.addRow("", insert)

    def _field_menu(self, parent: QWidget, insert: Callable[[str], object]) -> QMenu:
        menu = QMenu(parent)
        for key, label in LABELS.items():
            menu.addAction(_(label), partial(insert, f"{{{key}}}"))
        menu.addSeparator()
        for field in self._entity:
            menu.addAction(_(field.label), partial(insert, f"{{{field.key}}}"))
        return menu

    def _add_number(self, rows: QFormLayout, name: str, label: str, limits: tuple[float, float, str]) -> None:
        low, high, suffix = limits
        made = number(low, high, suffix)
        made.valueChanged.connect(partial(self._set, name))
        self._add(rows, name, label, made)

    def _add_check(self, rows: QFormLayout, name: str, label: str) -> None:
        made = QCheckBox(label)
        made.toggled.connect(partial(self._set, name))
        self._fields[name] = made
        rows.addRow("", made)

    def _add_choice(self, rows: QFormLayout, name: str, label: str, choices: Mapping[Any, str]) -> None:
        made = QComboBox()
        for value, text in choices.items():
            made.addItem(text, value)
        made.activated.connect(lambda _at: self._set(name, made.currentData()))
        self._add(rows, name, label, made)

    def _fill(self, element: Element) -> None:
        for name, widget in self._fields.items():
            value = getattr(element.box if name in ("x", "y", "width", "height") else element, name)
            with QSignalBlocker(widget):
                match widget:
                    case QDoubleSpinBox():
                        widget.setValue(value)
                    case QCheckBox():
                        widget.setChecked(value)
                    case QComboBox():
                        widget.setCurrentIndex(widget.findData(value))
                    case QPlainTextEdit() if widget.toPlainText() != value:
                        widget.setPlainText(value)

    def _place(self, name: str, value: float) -> None:
        if self._element is not None:
            box: Box = replace(self._element.box, **{name: round(value, 2)})
            self._tell(replace(self._element, box=box), name)

    def _set(self, name: str, value: Any) -> None:
        element = self._element
        if element is None:
            return
        if name == "turn":
            self._tell(turned(element, int(value)), name)
            return
        new = replace(element, **{name: value})
        self._tell(new, name)
        if name == "symbology":  # other editors belong to it
            self._build(new)
            self._fill(new)

    def _tell(self, element: Element, name: str) -> None:
        self._element = element
        self.edited.emit(element, ("inspector", name))
