"""Choosing a class fills what the asset does not say itself: life, method, residual rate, unit."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from logistics_desktop.errors import UserError
from logistics_desktop.features.assets.classes import GIVEN
from logistics_desktop.features.assets.entities import ASSETS
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds
from ui.assets import work
from ui.ledger.form import Form
from ui.workspace import Workspace


class ClassFill(QObject):
    """Watches the class in a form; what was filled is said, and never over something that was typed."""

    def __init__(self, workspace: Workspace, form: Form) -> None:
        super().__init__(form)
        self._workspace = workspace
        self._form = form
        form.editor("class_id").left.connect(self._ask)
        form.editor("class_id").changed.connect(self._ask)

    def _ask(self) -> None:
        try:
            chosen = self._form.editor("class_id").value()
        except UserError:
            return
        if chosen is not None and self._form.touched():
            do = partial(work.given_by, self._workspace.office, chosen)
            self._workspace.tasks.run(do, partial(self._fill, chosen), owner=self, key="class")

    def _fill(self, chosen: int, given: dict[str, Any]) -> None:
        if self._now("class_id") != chosen:
            return
        filled = []
        for key in GIVEN:
            if key in given and self._empty(key):
                self._form.editor(key).set_value(given[key])
                field = ASSETS.by_key[key]
                filled.append(f"{_(field.label)} {kinds.text_of(field, given[key])}")
        if filled:
            self._form.changed.emit()
            self._workspace.notices.say(_(N_("Taken from the class: {fields}"), fields=", ".join(filled)))

    def _empty(self, key: str) -> bool:
        try:
            return self._form.editor(key).value() is None
        except UserError:
            return False

    def _now(self, key: str) -> Any:
        try:
            return self._form.editor(key).value()
        except UserError:
            return None
