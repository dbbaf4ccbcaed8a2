"""What one types or ticks to filter by a field; each editor answers the filter, or None for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import NUMBERS, Field, Kind
from logistics_desktop.ledger.filters import Between, Contains, Filter, OneOf, Within
from logistics_desktop.ledgers import LEDGERS
from ui.ledger import quick_dates
from ui.ledger.editors import DateEditor, LineEditor
from ui.ledger.reference_popup import reference_rows
from ui.workspace import Workspace


class TextFilter(QWidget):
    """The field has these words in it."""

    def __init__(self, field: Field, before: Filter | None) -> None:
        super().__init__()
        self._key = field.key
        self.text = QLineEdit(placeholderText=_(N_("contains")), clearButtonEnabled=True)
        if isinstance(before, Contains):
            self.text.setText(before.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        column.addStretch()
        self.setFocusProxy(self.text)

    def filter(self) -> Filter | None:
        """The filter."""
        text = self.text.text().strip()
        return Contains(self._key, text) if text else None


class RangeFilter(QWidget):
    """The number or the day lies between two; either may be left open."""

    def __init__(self, field: Field, before: Filter | None) -> None:
        super().__init__()
        self._key = field.key
        made = DateEditor if field.kind is Kind.DATE else LineEditor
        self.low, self.high = made(field), made(field)
        if isinstance(before, Between):
            self.low.set_value(before.low)
            self.high.set_value(before.high)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        form = QFormLayout()
        form.addRow(_(N_("From")), self.low)
        form.addRow(_(N_("To")), self.high)
        column.addLayout(form)
        if field.kind is Kind.DATE:
            column.addLayout(self._quick())
        column.addStretch()
        self.setFocusProxy(self.low)

    def filter(self) -> Filter | None:
        """The filter; raises UserError where a bound cannot be read or the range is upside down."""
        low, high = self.low.value(), self.high.value()
        if low is None and high is None:
            return None
        if low is not None and high is not None and low > high:
            raise UserError(N_("“From” is above “To”, so nothing would be found."))
        return Between(self._key, low, high)

    def _quick(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        for at, (name, label) in enumerate(quick_dates.NAMES.items()):
            button = QPushButton(_(label))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked, name=name: self._take(name))
            grid.addWidget(button, at // 2, at % 2)
        return grid

    def _take(self, name: str) -> None:
        low, high = quick_dates.days(name, date.today())  # noqa: DTZ011 - the user's own day
        self.low.set_value(low)
        self.high.set_value(high)


class ChoiceFilter(QWidget):
    """One of the ticked choices."""

    def __init__(self, field: Field, before: Filter | None) -> None:
        super().__init__()
        self._key = field.key
        ticked = before.values if isinstance(before, OneOf) else ()
        self.list = QListWidget()
        self.list.setObjectName("plain")
        for value, choice in (field.choices or {}).items():
            item = QListWidgetItem(_(choice.label), self.list)
            item.setData(Qt.ItemDataRole.UserRole, value.value)
            item.setCheckState(Qt.CheckState.Checked if value.value in ticked else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)

    def filter(self) -> Filter | None:
        """The filter."""
        items = (self.list.item(row) for row in range(self.list.count()))
        ticked = [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]
        return OneOf(self._key, tuple(ticked)) if ticked else None


class ReferenceFilter(QWidget):
    """The field points to one of the ticked rows or, in a tree, to something below them."""

    def __init__(
        self, workspace: Workspace, field: Field, target: Entity, before: Filter | None, names: Mapping[int, str]
    ) -> None:
        super().__init__()
        self._key = field.key
        within = before if isinstance(before, Within) else None
        checks = {each: names.get(each, f"#{each}") for each in within.ids} if within else {}
        self.rows = reference_rows(workspace, target, checks)
        self.children_too = QCheckBox(_(N_("With everything below")))
        self.children_too.setChecked(within is None or within.children)
        self.children_too.setVisible(target.parent is not None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows, 1)
        if target.parent is not None:
            column.addWidget(self.children_too)
        self.setFocusProxy(self.rows)
        self._tree = target.parent is not None

    def names(self) -> dict[int, str]:
        """The names of the ticked rows."""
        return self.rows.ticks()

    def filter(self) -> Filter | None:
        """The filter."""
        ids = tuple(self.rows.ticks())
        return Within(self._key, ids, self._tree and self.children_too.isChecked()) if ids else None


FilterEditor = TextFilter | RangeFilter | ChoiceFilter | ReferenceFilter


def filter_editor(workspace: Workspace, field: Field, before: Any, names: Mapping[int, str]) -> FilterEditor:
    """The editor for filtering by `field`, showing the filter `before`."""
    if field.kind is Kind.REFERENCE:
        return ReferenceFilter(workspace, field, LEDGERS.target(field), before, names)
    if field.kind is Kind.CHOICE:
        return ChoiceFilter(field, before)
    if field.kind in NUMBERS or field.kind is Kind.DATE:
        return RangeFilter(field, before)
    return TextFilter(field, before)
