"""One approver: of what kind, and who that is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.approvals.definition import APPROVER_KINDS, Approver
from logistics_desktop.features.approvals.described import KINDS, Known
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS
from ui.ledger.reference_editor import ReferenceEditor
from ui.spin_box import SpinBox
from ui.workspace import Workspace

_HIGHEST = 9


class ApproverForm(QWidget):
    """Shows only what the chosen kind needs; `changed` gives the approver as it is now."""

    changed = Signal(object)

    def __init__(self, workspace: Workspace, kinds: Iterable[str] = APPROVER_KINDS) -> None:
        super().__init__()
        self._filling = False
        self.kind = QComboBox()
        for key in kinds:
            self.kind.addItem(_(KINDS[key]), key)
        self.person = ReferenceEditor(workspace, LEDGERS["staff"])
        self.post, self.of, self.field = QComboBox(), QComboBox(), QComboBox()
        self.levels = SpinBox(maximum=_HIGHEST)
        self.levels.setSpecialValueText(_(N_("of that department itself")))
        self.levels.setSuffix(_(N_(" up")))
        for box in (self.kind, self.post, self.of, self.field):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        for title, widget in (
            (N_("Who signs"), self.kind),
            (N_("Person"), self.person),
            (N_("Post"), self.post),
            (N_("Department"), self.of),
            (N_("Level"), self.levels),
            (N_("Field"), self.field),
        ):
            self.form.addRow(_(title), widget)
        self.person.left.connect(self._say)
        for choice in (self.kind, self.post, self.of, self.field):
            choice.activated.connect(lambda _at: self._say())
        self.levels.valueChanged.connect(lambda _value: self._say())
        self._show_needed()

    def show_approver(self, one: Approver, known: Known) -> None:
        """Show an approver, with the posts and fields that there are to choose from."""
        self._filling = True
        _fill(self.post, known.posts.items())
        departments = [(f.key, _(f.label)) for f in known.fields.values() if f.type == "department"]
        _fill(self.of, [("", _(N_("of the requester"))), *departments])
        _fill(self.field, [(f.key, _(f.label)) for f in known.fields.values() if f.type == "staff"])
        _choose(self.kind, one.kind)
        _choose(self.post, one.post)
        _choose(self.of, one.of or "")
        _choose(self.field, one.field)
        self.levels.setValue(one.levels)
        name = known.names.get(("staff", one.staff or 0), "")
        self.person.set_value(Reference(one.staff, name) if one.staff is not None else None)
        self._filling = False
        self._show_needed()

    def approver(self) -> Approver:
        """The approver as it is filled in; without its person, post or field where that is still to be chosen."""
        kind = self.kind.currentData()
        match kind:
            case "person":
                return Approver(kind, staff=self._person())
            case "post":
                return Approver(kind, post=self.post.currentData())
            case "department_post":
                return Approver(kind, post=self.post.currentData(), of=self.of.currentData() or None)
            case "head":
                return Approver(kind, levels=self.levels.value(), of=self.of.currentData() or None)
            case "field":
                return Approver(kind, field=self.field.currentData())
            case _:
                return Approver(kind)

    def _person(self) -> int | None:
        try:
            return self.person.value()
        except UserError:
            return None

    def _say(self) -> None:
        self._show_needed()
        if not self._filling:
            self.changed.emit(self.approver())

    def _show_needed(self) -> None:
        kind = self.kind.currentData()
        needed = {
            self.person: kind == "person",
            self.post: kind in ("post", "department_post"),
            self.of: kind in ("department_post", "head"),
            self.levels: kind == "head",
            self.field: kind == "field",
        }
        for widget, shown in needed.items():
            self.form.setRowVisible(widget, shown)


def _fill(box: QComboBox, choices: Iterable[tuple[str, str]]) -> None:
    box.clear()
    for key, text in choices:
        box.addItem(text, key)


def _choose(box: QComboBox, key: str | None) -> None:
    at = box.findData(key)
    if at < 0 and key:  # what the form has lost is still shown
        box.addItem(key, key)
        at = box.count() - 1
    box.setCurrentIndex(max(at, 0))
