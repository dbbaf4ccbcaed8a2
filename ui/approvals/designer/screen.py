"""The designer of routes: the steps on the left, what one of them says in the middle, the dry run on the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.features.approvals import editing
from logistics_desktop.features.approvals.definition import AnyStep, Approver, Branch, Copy, Definition, Fork, Step
from logistics_desktop.features.approvals.described import Known
from logistics_desktop.features.approvals.editing import Place
from logistics_desktop.features.approvals.routes import Kind, Version
from logistics_desktop.i18n import N_, _
from ui import actions
from ui.approvals.designer import work
from ui.approvals.designer.branch_form import BranchForm
from ui.approvals.designer.dry_run import DryRun
from ui.approvals.designer.settings_form import SettingsForm
from ui.approvals.designer.step_form import StepForm
from ui.approvals.designer.step_tree import StepTree
from ui.approvals.designer.work import Checked, Drawer
from ui.approvals.inbox_model import moment
from ui.ledger.flow import Flow
from ui.notices import Tone
from ui.workspace import Workspace

_STATES = {"draft": N_("draft"), "published": N_("in force"), "former": N_("former")}
_SPLIT = (430, 420, 360)
_STEP_TOOLS = ("route_step", "route_fork", "route_branch", "route_copy", "route_remove", "route_up", "route_down")
_PROBLEMS_HEIGHT = 92
_KEY = int(Qt.ItemDataRole.UserRole)


class RoutesScreen(QWidget):
    """One route at a time. What is wrong with it shows while it is designed; publishing is refused until nothing is."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.drawer = Drawer((), (), {})
        self.known = Known({}, {}, {})
        self.route = Definition(())
        self.name = ""
        self.unsaved = False
        self._problem_keys: set[str | None] = set()
        self.kinds, self.versions = QComboBox(), QComboBox()
        self.state = QLabel()
        self.tools, self.step_tools = QToolBar(), QWidget()
        self.tree = StepTree()
        self.problems = QListWidget()
        self.settings_form = SettingsForm(workspace)
        self.step_form = StepForm(workspace)
        self.branch_form = BranchForm(workspace)
        self.trial = DryRun(workspace)
        self.commands = {key: self._command(key, do) for key, do in self._deeds().items()}
        self._lay_out()
        self._connect()
        workspace.tasks.run(partial(work.read, workspace.office), self._show_drawer, owner=self, key="read")

    @property
    def kind(self) -> Kind | None:
        """The kind of document whose route is on show."""
        found = (kind for kind in self.drawer.kinds if kind.key == self.kinds.currentData())
        return next(found, None)

    def add(self, new: AnyStep) -> None:
        """Put a step in below the current line: behind a step, into a branch as its last."""
        at = self.tree.place()
        if len(at) % 2:
            place: Place = (*at[:-1], at[-1] + 1)
        else:
            inside = editing.at(self.route, at) if at else self.route
            place = (*at, len(inside.steps) if isinstance(inside, Branch | Definition) else 0)
        self._change(editing.insert(self.route, place, new), place)

    def add_step(self) -> None:
        """Add a step that the head of the requester's department signs."""
        self.add(Step(editing.new_key(self.route), _(N_("Approval by the head")), (Approver("head"),)))

    def add_copy(self) -> None:
        """Add somebody who gets a copy."""
        self.add(Copy(editing.new_key(self.route), _(N_("For information")), (Approver("head"),)))

    def add_fork(self) -> None:
        """Add a fork: a branch with conditions, and one for all other cases."""
        branches = (Branch(_(N_("Special case"))), Branch(_(N_("All other cases"))))
        self.add(Fork(editing.new_key(self.route), branches))

    def add_branch(self) -> None:
        """Add a branch to the fork that one stands in, before the one that takes everything."""
        at = self.tree.place()
        while at:
            found = editing.at(self.route, at)
            if isinstance(found, Fork):
                last = len(found.branches)
                place = (*at, last - 1 if found.branches and not found.branches[-1].when else last)
                self._change(editing.insert(self.route, place, Branch(_(N_("Special case")))), place)
                return
            at = at[:-1]

    def remove(self) -> None:
        """Take the current step or branch out."""
        at = self.tree.place()
        if at:
            above = (*at[:-1], at[-1] - 1) if at[-1] > 0 else at[:-1]
            self._change(editing.remove(self.route, at), above)

    def shift(self, by: int) -> None:
        """Move the current step or branch up or down."""
        at = self.tree.place()
        if at:
            self._change(*editing.move(self.route, at, by))

    def save(self) -> None:
        """Save the draft, which may be half-done."""
        self._store(work.save, N_("The draft is saved."))

    def publish(self) -> None:
        """Save the draft and let new documents go along it."""
        self._store(work.publish, N_("Published. New documents go along this version; those under way keep theirs."))

    def close_request(self) -> bool:
        """Whether the tab may close; asks what becomes of a draft that is not saved."""
        if not self.unsaved:
            return True
        ask = QMessageBox(QMessageBox.Icon.Question, _(N_("Route")), _(N_("The draft is not saved.")), parent=self)
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keep = ask.addButton(_(N_("Save the draft")), QMessageBox.ButtonRole.AcceptRole)
        drop = ask.addButton(_(N_("Drop it")), QMessageBox.ButtonRole.DestructiveRole)
        ask.addButton(QMessageBox.StandardButton.Cancel)
        keep.clicked.connect(self.save)
        drop.clicked.connect(self._show_kind)
        ask.open()
        return False

    def _deeds(self) -> dict[str, Callable[[], object]]:
        return {
            "route_step": self.add_step,
            "route_fork": self.add_fork,
            "route_branch": self.add_branch,
            "route_copy": self.add_copy,
            "route_remove": self.remove,
            "route_up": partial(self.shift, -1),
            "route_down": partial(self.shift, 1),
            "route_try": self.trial.run,
            "route_save": self.save,
            "route_publish": self.publish,
        }

    def _store(self, how: Callable[..., tuple[int, Drawer]], said: str) -> None:
        kind = self.kind
        if kind is None:
            return
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()  # what is typed and not yet taken over belongs to it

        def stored(found: tuple[int, Drawer]) -> None:
            self._workspace.notices.say(_(said), Tone.DONE)
            self._show_drawer(found[1])

        do = partial(how, self._workspace.office, kind.key, self.name, self.route)
        self._workspace.tasks.run(do, stored, owner=self, key="store")

    def _show_drawer(self, drawer: Drawer) -> None:
        self.drawer = drawer
        current = self.kinds.currentData()
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for kind in drawer.kinds:
            self.kinds.addItem(_(kind.name), kind.key)
        self.kinds.setCurrentIndex(max(self.kinds.findData(current), 0))
        self.kinds.blockSignals(False)
        self._show_kind()

    def _show_kind(self) -> None:
        kind = self.kind
        if kind is None:
            return
        self.versions.blockSignals(True)
        self.versions.clear()
        for version in self._versions():
            self.versions.addItem(_version_text(version), version.id)
        self.versions.blockSignals(False)
        self.known = Known({field.key: field for field in kind.fields}, self.drawer.posts, {})
        if set(self.trial.inputs) != set(self.known.fields):
            self.trial.show_kind(kind)
        self._show_version()

    def _show_version(self) -> None:
        """Show the version that is chosen, or an empty route where there is none yet."""
        kind = self.kind
        chosen = next((one for one in self._versions() if one.id == self.versions.currentData()), None)
        self.versions.setVisible(chosen is not None)
        self.name = chosen.name if chosen is not None else _(kind.name) if kind is not None else ""
        self.unsaved = False
        self._take(chosen.definition if chosen is not None else self._first(), self.tree.place())

    def _first(self) -> Definition:
        """A route to begin with: whoever administers the program administers it too."""
        return Definition((), Approver("post", post="administrator") if "administrator" in self.drawer.posts else None)

    def _versions(self) -> list[Version]:
        return [one for one in self.drawer.versions if one.kind == self.kinds.currentData()]

    def _change(self, route: Definition, at: Place) -> None:
        if route != self.route:
            self.unsaved = True
        self._take(route, at)

    def _put(self, new: AnyStep | Branch) -> None:
        at = self.tree.place()
        self._change(editing.put(self.route, at, new), at)

    def _rename(self, name: str) -> None:
        if name and name != self.name:
            self.name, self.unsaved = name, True
            self._take(self.route, self.tree.place())

    def _take(self, route: Definition, at: Place) -> None:
        self.route = route
        self._show_route(at)
        self.trial.show_route(route)
        kind = self.kind
        if kind is not None:
            do = partial(work.check, self._workspace.office, kind, self.drawer.posts, route)
            self._workspace.tasks.run(do, self._show_problems, owner=self, key="check")

    def _show_problems(self, checked: Checked) -> None:
        self.known = checked.known
        self._problem_keys = {problem.step for problem in checked.problems}
        self.problems.clear()
        for problem in checked.problems:
            name = self._name_of(problem.step)
            item = QListWidgetItem(f"{name}: {problem}" if name else str(problem), self.problems)
            item.setData(_KEY, problem.step)
        self.problems.setVisible(bool(checked.problems))
        self._show_route(self.tree.place())

    def _show_route(self, at: Place) -> None:
        self.tree.show_route(self.name, self.route, self.known, self._problem_keys, at)
        self._show_place(self.tree.place())
        self.state.setText(self._state())
        self.commands["route_publish"].setEnabled(not self.problems.count() and (self.unsaved or self._is_draft()))
        self.commands["route_save"].setEnabled(self.unsaved)

    def _state(self) -> str:
        if self.unsaved:
            return _(N_("changed, not saved yet"))
        return "" if self.versions.count() else _(N_("no route yet: documents of this kind cannot be submitted"))

    def _is_draft(self) -> bool:
        chosen = next((one for one in self._versions() if one.id == self.versions.currentData()), None)
        return chosen is not None and chosen.state == "draft"

    def _show_place(self, at: Place) -> None:
        shown = editing.at(self.route, at) if at else None
        forms = self._forms
        if isinstance(shown, Branch):
            self.branch_form.show_branch(shown, self.known)
            forms.setCurrentWidget(self.branch_form)
        elif isinstance(shown, Step | Copy):
            self.step_form.show_step(shown, self.known)
            forms.setCurrentWidget(self.step_form)
        elif isinstance(shown, Fork):
            forms.setCurrentWidget(self._fork_hint)
        else:
            self.settings_form.show_route(self.name, self.route, self.known)
            forms.setCurrentWidget(self.settings_form)
        for key in ("route_remove", "route_up", "route_down"):
            self.commands[key].setEnabled(bool(at))
        self.commands["route_branch"].setEnabled(isinstance(shown, Fork | Branch) or len(at) > 1)

    def _name_of(self, key: str | None) -> str:
        steps = (one for _where, one in editing.walk(self.route.steps) if isinstance(one, Step | Copy))
        return next((one.name for one in steps if one.key == key), "")

    def _go_to_problem(self, item: QListWidgetItem) -> None:
        key = item.data(_KEY)
        places = (at for at, one in editing.walk(self.route.steps) if not isinstance(one, Branch) and one.key == key)
        self._show_route(next(places, ()))

    def _command(self, key: str, do: Callable[[], object]) -> QAction:
        return actions.bind(actions.make(key, self, do), self, inside=True)

    def _connect(self) -> None:
        self.kinds.activated.connect(lambda _at: self._show_kind())
        self.versions.activated.connect(lambda _at: self._show_version())
        self.tree.chosen.connect(self._show_place)
        self.settings_form.changed.connect(lambda route: self._change(route, ()))
        self.settings_form.renamed.connect(self._rename)
        self.step_form.changed.connect(self._put)
        self.branch_form.changed.connect(self._put)
        self.problems.itemActivated.connect(self._go_to_problem)
        self.problems.itemClicked.connect(self._go_to_problem)

    def _lay_out(self) -> None:
        self.tools.setObjectName("ledgerTools")
        self.tools.setIconSize(QSize(18, 18))
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for key in ("route_save", "route_publish"):
            self.tools.addAction(self.commands[key])
        flow = Flow(self.step_tools, spacing=2)
        flow.setContentsMargins(6, 4, 6, 4)
        for key in _STEP_TOOLS:
            button = QToolButton()
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setDefaultAction(self.commands[key])
            flow.addWidget(button)
        self.kinds.setAccessibleName(_(N_("Kind of document")))
        self.kinds.setMinimumContentsLength(14)
        self.versions.setAccessibleName(_(N_("Version")))
        self.versions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        first = self.tools.actions()[0]
        self.tools.insertWidget(first, self.kinds)
        self.tools.insertWidget(first, self.versions)
        self.state.setObjectName("warn")
        self.state.setContentsMargins(8, 0, 0, 0)
        self.tools.addWidget(self.state)
        self.problems.setObjectName("plain")
        self.problems.setAccessibleName(_(N_("What keeps the route from being published")))
        self.problems.setWordWrap(True)
        self.problems.setMaximumHeight(_PROBLEMS_HEIGHT)
        self.problems.hide()
        self._fork_hint = QLabel(
            _(N_("The first branch is taken whose conditions all hold. Then the route goes on below the fork.")),
            wordWrap=True,
            alignment=Qt.AlignmentFlag.AlignTop,
        )
        self._fork_hint.setContentsMargins(12, 12, 12, 12)
        self._forms = QStackedWidget()
        for form in (self.settings_form, self.step_form, self.branch_form, self._fork_hint):
            self._forms.addWidget(form)
        middle = QScrollArea(widgetResizable=True)
        middle.setWidget(self._forms)
        left = QWidget()
        steps = QVBoxLayout(left)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(0)
        for widget in (self.step_tools, self.tree, self.problems):
            steps.addWidget(widget, 1 if widget is self.tree else 0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        for part in (left, middle, self.trial):
            split.addWidget(part)
        split.setSizes(_SPLIT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tools)
        whole.addWidget(split, 1)
        self.setFocusProxy(self.tree)


def _version_text(version: Version) -> str:
    when = moment(version.published_at or version.saved_at)
    who = version.published_by or version.saved_by
    said = N_("Version {number}, {state}, {when}, {who}")
    return _(said, number=version.number, state=_(_STATES[version.state]), when=when, who=who)
