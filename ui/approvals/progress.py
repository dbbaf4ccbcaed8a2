"""The way of a case from top to bottom: what happened, what waits for whom now, and the steps ahead with names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from logistics_desktop.features.approvals.cases import Case, Event, Task
from logistics_desktop.features.approvals.routes import PathStep
from logistics_desktop.features.approvals.words import ACTIONS, MODES, TASK_STATES, WHY
from logistics_desktop.i18n import N_, _
from ui.approvals.inbox_model import moment
from ui.theme import icon, in_force

_HEADERS = (N_("When"), N_("Who"), N_("What"))
_WIDTHS = (138, 150)
_PATH_HEADERS = ("", N_("Who"), N_("Step"))
_PATH_WIDTHS = (44, 140)
_ICONS = {"approve": "check", "refuse": "stop", "return": "undo", "submit": "start", "resubmit": "start"}


class ProgressView(QTreeWidget):
    """Three parts, each below the other, to be read only; `ahead` is for a path that nothing has gone yet."""

    def __init__(self, parent: QWidget | None = None, *, ahead: bool = False) -> None:
        super().__init__(parent)
        self.setAccessibleName(_(N_("What happened, and what is still to come")))
        self.setHeaderLabels([_(text) for text in (_PATH_HEADERS if ahead else _HEADERS)])
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        for place, width in enumerate(_PATH_WIDTHS if ahead else _WIDTHS):
            self.setColumnWidth(place, width)
        self.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def show_case(self, case: Case) -> None:
        """Show the way of a case."""
        self.clear()
        for event in case.events:
            self._add(moment(event.at), event_who(event), event_text(event), _ICONS.get(event.action, "edit"))
        for task in case.live:
            until = moment(task.due_at) if task.due_at and task.state == "open" else ""
            self._add(until, task.person, task_text(task), "user", bold=task.state == "open")
        for step in case.ahead:
            self._add("", _people(step), path_text(step), "list", muted=True)

    def show_path(self, path: Iterable[PathStep]) -> None:
        """Show a path that nothing has gone yet."""
        self.clear()
        for step in path:
            self._add(str(step.place), _people(step), path_text(step), "list")

    def lines(self) -> list[tuple[str, str, str]]:
        """What is shown, line by line."""
        items = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return [(one.text(0), one.text(1), one.text(2)) for one in items if one is not None]

    def _add(self, when: str, who: str, what: str, glyph: str, *, bold: bool = False, muted: bool = False) -> None:
        item = QTreeWidgetItem(self, [when, who, what])
        item.setIcon(2, icon(glyph))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for column in range(3):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            item.setToolTip(column, item.text(column))
            if muted:
                item.setForeground(column, QBrush(QColor(in_force().muted)))
            if bold:
                font = QFont(self.font())
                font.setBold(True)
                item.setFont(column, font)


def event_who(event: Event) -> str:
    """Who did it, and whom they stood in for."""
    who = event.who or _(N_("the program"))
    return _(N_("{who} for {person}"), who=who, person=event.instead_of) if event.instead_of else who


def event_text(event: Event) -> str:
    """What was done, at which step, to whom, and what was said."""
    said = [_(ACTIONS.get(event.action, event.action))]
    to = _named(event.details["to"]) if event.details.get("to") else event.details.get("to_step")
    if event.action == "return" and not to:
        to = _(N_("the requester"))
    if to:
        said.append(f"→ {to}")
    why = event.details.get("why")
    if why in WHY:
        said.append(f"({_(WHY[why])})")
    line = " ".join(said) + (f" · {step}" if (step := event.step or event.details.get("step")) else "")
    return f"{line}\n{event.comment}" if event.comment else line


def task_text(task: Task) -> str:
    """The step, and how it stands."""
    state = _(TASK_STATES[task.state])
    why = f" ({_(WHY[task.why])})" if task.why in WHY else ""
    mode = f" · {_(MODES[task.mode])}" if task.mode in ("added", "delegated", "resubmit") else ""
    return f"{task.step}{mode} · {state}{why}"


def path_text(step: PathStep) -> str:
    """A step that lies ahead, and what is unusual about its persons."""
    name = _(N_("Copy: {name}"), name=step.name) if step.kind == "copy" else step.name
    mode = f" · {_(MODES[step.mode])}" if step.kind == "approve" and len(step.people) > 1 else ""
    return name + mode + (f" ({_(WHY[step.why])})" if step.why in WHY else "")


def _people(step: PathStep) -> str:
    return _(N_(", ")).join(person.name for person in step.people) or "—"


def _named(to: Any) -> str:
    """Names out of the details of a decision, which hold persons as numbers with names."""
    listed = to if isinstance(to, list) else [to]
    return _(N_(", ")).join(str(one["name"]) if isinstance(one, dict) else str(one) for one in listed)
