"""The terms of one asset in one book: what holds, who says it, and what the book says of the asset by itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from logistics_desktop.errors import FieldErrors, UserError
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.one_asset import Sourced
from logistics_desktop.features.depreciation.terms_entities import BOOK_ASSETS
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.records import Record
from ui.depreciation import work
from ui.depreciation.numbers import called
from ui.depreciation.terms_words import origin_of, value_of
from ui.depreciation.work import AssetInBook
from ui.ledger.editors import plain_editor
from ui.notices import Tone
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

# The fields of the record, and by which term that holds each is seen.
_HELD = {
    "method": "method",
    "cost": "cost",
    "life_months": "life",
    "residual_rate": None,
    "residual_value": "residual",
    "total_units": "total_units",
    "starts_month": None,
    "opening_accumulated": None,
    "opening_months": None,
    "note": None,
}


class TermsDialog(WorkDialog):
    """An empty field leaves the term to the class or the card; what is typed holds for this asset in this book."""

    def __init__(self, workspace: Workspace, book: BookLine, asset: int, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Terms of the asset")), _(N_("Save")), parent)
        self.book = book
        self.asset = asset
        self.before: Record | None = None
        self.resize(760, 560)
        self.head = QLabel()
        self.head.setObjectName("recordTitle")
        self.problem = QLabel(wordWrap=True)
        self.problem.setObjectName("warn")
        hint = QLabel(
            _(N_("What is typed here holds for this asset in this book alone. Empty: as said on the right.")),
            wordWrap=True,
        )
        hint.setObjectName("hint")
        self.editors = {key: plain_editor(BOOK_ASSETS.by_key[key]) for key in _HELD}
        self.origins = {key: QLabel(wordWrap=True) for key, held in _HELD.items() if held}
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        for row, (key, editor) in enumerate(self.editors.items()):
            label = QLabel(_(BOOK_ASSETS.by_key[key].label))
            label.setBuddy(editor)
            editor.setAccessibleName(label.text())
            editor.setToolTip(_(BOOK_ASSETS.by_key[key].help))
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1)
            if key in self.origins:
                self.origins[key].setObjectName("hint")
                grid.addWidget(self.origins[key], row, 2)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(lines)
        self.page.addWidget(self.head)
        self.page.addWidget(self.problem)
        self.page.addWidget(hint)
        self.page.addWidget(area, 1)
        self.work(partial(work.own_terms, workspace.office, book.id, asset), self._show)

    def values(self) -> dict[str, Any]:
        """What is typed. Raises `FieldErrors`."""
        values: dict[str, Any] = {}
        wrong: dict[str, UserError] = {}
        for key, editor in self.editors.items():
            try:
                values[key] = editor.value()
            except UserError as error:
                wrong[key] = error
        self._mark(wrong)
        if wrong:
            raise FieldErrors(wrong)
        return values

    def do(self) -> None:
        """Store what is typed."""
        try:
            values = self.values()
        except FieldErrors as error:
            self.refuse(error)
            return
        do = partial(work.store_terms, self.workspace.office, self.book.id, self.asset, self.before, values)
        self.work(do, lambda _none: self._stored())

    def refuse(self, error: UserError) -> None:
        """Say what is wrong with the terms, and mark their fields."""
        if not isinstance(error, FieldErrors):
            self.say(str(error))
            return
        self._mark(error.by_field)
        self.say("\n".join(dict.fromkeys(str(one) for one in error.by_field.values())))

    def _mark(self, wrong: Mapping[str, UserError]) -> None:
        for key, editor in self.editors.items():
            editor.set_wrong(key in wrong)

    def _show(self, found: tuple[AssetInBook, Record | None]) -> None:
        asset, self.before = found
        self.head.setText(f"{called(asset.code, asset.name)} · {self.book.name}")
        problem = asset.course.problem
        self.problem.setText(str(problem) if problem is not None else "")
        self.problem.setVisible(problem is not None)
        for key, held in _HELD.items():
            if self.before is not None:
                self.editors[key].set_value(self.before.values[key])
            if held:
                self._show_origin(key, held, asset.terms.get(held))

    def _show_origin(self, key: str, held: str, term: Sourced | None) -> None:
        editor = self.editors[key]
        if term is None:
            self.origins[key].setText("")
            return
        value = value_of(held, term.value)
        if isinstance(editor, QLineEdit):
            editor.setPlaceholderText(value)
        self.origins[key].setText(_(N_("{value}, from {origin}"), value=value, origin=origin_of(term)))

    def _stored(self) -> None:
        self.workspace.notices.say(_(N_("The terms are stored. Run depreciation again.")), Tone.DONE)
        self.accept()
