"""The dry run: pick a person and fill in a form, and see the path with names that it would go."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.approvals.definition import Definition, Json
from logistics_desktop.features.approvals.routes import Kind, PathStep
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledgers import LEDGERS
from ui.approvals.designer import work
from ui.approvals.designer.value_input import ValueInput
from ui.approvals.progress import ProgressView
from ui.ledger.reference_editor import ReferenceEditor
from ui.theme import icon
from ui.workspace import Workspace


class DryRun(QWidget):
    """Tries the route as it is on the screen, saved or not; every later change of it is tried again by itself."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._route: Definition | None = None
        self._tried = False
        self.person = ReferenceEditor(workspace, LEDGERS["staff"])
        self.inputs: dict[str, ValueInput] = {}
        self.form = QFormLayout()
        self.choices: dict[str, ReferenceEditor] = {}
        self.choosing = QFormLayout()
        self.form.addRow(_(N_("Requester")), self.person)
        self.try_it = QPushButton(icon("search"), _(N_("Try it")), autoDefault=False)
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("bad")
        self.path = ProgressView(ahead=True)
        heading = QLabel(_(N_("Dry run")))
        heading.setObjectName("choiceTitle")
        column = QVBoxLayout(self)
        column.addWidget(heading)
        column.addLayout(self.form)
        column.addWidget(self.try_it)
        column.addWidget(self.said)
        column.addLayout(self.choosing)
        column.addWidget(self.path, 1)
        self.try_it.clicked.connect(self.run)

    def show_kind(self, kind: Kind) -> None:
        """Offer the fields of a kind of document."""
        while self.form.rowCount() > 1:
            self.form.removeRow(1)
        self.inputs = {field.key: ValueInput(self._workspace, field) for field in kind.fields}
        for field in kind.fields:
            self.form.addRow(_(field.label), self.inputs[field.key])
        self._drop_choices()
        self._tried = False
        self.said.clear()
        self.path.show_path(())

    def show_route(self, route: Definition) -> None:
        """Take another state of the route."""
        self._route = route
        if self._tried:
            self.run()

    def run(self) -> None:
        """Show the path."""
        try:
            person = self.person.value()
            form: Json = {key: one.value() for key, one in self.inputs.items()}
            choices = self._chosen()
        except UserError as error:
            self.said.setText(str(error))
            return
        if person is None:
            self.said.setText(_(N_("Choose whose document it would be.")))
            self.person.setFocus()
            return
        if self._route is not None:
            do = partial(work.dry_run, self._workspace.office, self._route, person, form, choices)
            self._workspace.tasks.run(do, self._show, owner=self, key="try", on_error=self._fail)

    def _show(self, path: list[PathStep]) -> None:
        self._tried = True
        self.said.clear()
        self.path.show_path(path)
        for step in path:
            if step.why == "choice" and step.key not in self.choices:
                editor = ReferenceEditor(self._workspace, LEDGERS["staff"])
                editor.left.connect(self.run)
                self.choices[step.key] = editor
                self.choosing.addRow(_(N_("Who signs “{step}”"), step=step.name), editor)

    def _chosen(self) -> dict[str, list[int]]:
        """Whom the requester would choose; raises `UserError` where a name means nobody."""
        chosen = {key: editor.value() for key, editor in self.choices.items()}
        return {key: [person] for key, person in chosen.items() if person is not None}

    def _drop_choices(self) -> None:
        while self.choosing.rowCount():
            self.choosing.removeRow(0)
        self.choices = {}

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.said.setText(str(error))
            self.path.show_path(())
        else:
            self._workspace.notices.report(error)
