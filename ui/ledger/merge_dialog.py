"""Two people changed the same fields of one record: for each of them, theirs or mine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.fields import Field
from logistics_desktop.ledger.merging import Clash, Merge
from logistics_desktop.ledger.records import Record

_MOST_HEIGHT = 420
_WIDTH = 720
_CHOICE_WIDTH = 220


class MergeDialog(QDialog):
    """Shows only what clashes. Saving waits until every field is decided; Esc goes back to the form as it is."""

    decided = Signal(object)  # the values to save in the clashing fields, by key
    theirs_wanted = Signal()  # drop everything of mine

    def __init__(self, merge: Merge, theirs: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(N_("Saved by two at once")))
        self.setMinimumWidth(_WIDTH)
        self.choices = {clash.field.key: _Choice(clash) for clash in merge.clashes}
        buttons = QDialogButtonBox()
        self.save_button = buttons.addButton(_(N_("Save")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.drop_button = buttons.addButton(_(N_("Drop mine")), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.back_button = buttons.addButton(_(N_("Keep editing")), QDialogButtonBox.ButtonRole.RejectRole)
        self.save_button.setEnabled(False)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for text in _explained(merge, theirs):
            column.addWidget(QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText))
        column.addWidget(self._table(theirs.origin.updated_by))
        column.addLayout(self._shortcuts())
        column.addWidget(buttons)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        self.drop_button.clicked.connect(self._drop)
        for choice in self.choices.values():
            choice.group.buttonClicked.connect(self._show_state)

    def _table(self, who: str) -> QScrollArea:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for at, title in enumerate((N_("Field"), N_("Before"), N_("Theirs"), N_("Mine"))):
            label = QLabel(f"{_(title)} ({who})" if at == 2 else _(title))
            label.setObjectName("groupTitle")
            grid.addWidget(label, 0, at)
        for row, choice in enumerate(self.choices.values(), 1):
            for at, widget in enumerate(choice.widgets()):
                grid.addWidget(widget, row, at, Qt.AlignmentFlag.AlignTop)
        for at in (2, 3):
            grid.setColumnStretch(at, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMinimumHeight(min(inside.sizeHint().height() + 4, _MOST_HEIGHT))
        return area

    def _shortcuts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        for label, mine in ((N_("Theirs everywhere"), False), (N_("Mine everywhere"), True)):
            button = QPushButton(_(label))
            button.clicked.connect(partial(self._choose_all, mine))
            row.addWidget(button)
        return row

    def _choose_all(self, mine: bool, _checked: bool = False) -> None:
        for choice in self.choices.values():
            (choice.mine if mine else choice.theirs).setChecked(True)
        self._show_state()

    def _show_state(self, _button: object = None) -> None:
        self.save_button.setEnabled(all(choice.group.checkedButton() for choice in self.choices.values()))

    def _save(self) -> None:
        self.decided.emit({key: choice.value() for key, choice in self.choices.items()})
        self.accept()

    def _drop(self) -> None:
        self.theirs_wanted.emit()
        self.accept()


class _Choice:
    """The line of one field."""

    def __init__(self, clash: Clash) -> None:
        self._clash = clash
        label = _(clash.field.label)
        self.theirs = _radio(clash.field, clash.theirs, _(N_("{field}: theirs"), field=label))
        self.mine = _radio(clash.field, clash.mine, _(N_("{field}: mine"), field=label))
        self.group = QButtonGroup(self.theirs)
        self.group.addButton(self.theirs)
        self.group.addButton(self.mine)

    def widgets(self) -> tuple[QWidget, ...]:
        """What stands in the line, from left to right."""
        before = QLabel(_text(self._clash.field, self._clash.base), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        before.setObjectName("hint")
        return QLabel(_(self._clash.field.label)), before, self.theirs, self.mine

    def value(self) -> Any:
        """What was chosen."""
        return self._clash.mine if self.mine.isChecked() else self._clash.theirs


def _radio(field: Field, value: Any, spoken: str) -> QRadioButton:
    text = _text(field, value)
    button = QRadioButton()
    metrics = button.fontMetrics()
    button.setText(metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, _CHOICE_WIDTH))
    button.setToolTip(text)
    button.setAccessibleName(spoken)
    button.setAccessibleDescription(text)
    return button


def _text(field: Field, value: Any) -> str:
    return kinds.text_of(field, value) or _(N_("(empty)"))


def _explained(merge: Merge, theirs: Record) -> list[str]:
    who, at = theirs.origin.updated_by, f"{theirs.origin.updated_at.astimezone():%Y-%m-%d %H:%M}"
    said = [_(N_("{who} saved this record at {at}. These fields were changed by both of you:"), who=who, at=at)]
    if merge.kept or merge.added:
        said.append(_(N_("All other changes, theirs and yours, go together and are kept.")))
    return said


def ask_merge(
    parent: QWidget,
    merge: Merge,
    theirs: Record,
    save: Callable[[dict[str, Any]], object],
    drop: Callable[[], object],
) -> MergeDialog:
    """Ask about the clashing fields; `save` gets what was decided, `drop` is for taking theirs altogether."""
    dialog = MergeDialog(merge, theirs, parent)
    dialog.decided.connect(save)
    dialog.theirs_wanted.connect(drop)
    dialog.open()
    return dialog
