"""The lines of a draft: adding assets, taking them off, and what is said of them, many lines at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.features.documents import starting
from logistics_desktop.features.documents.drafts import DraftLine
from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.features.documents.opened import ShownLine
from logistics_desktop.i18n import N_, _
from ui.documents import work
from ui.documents.asset_finder import AssetFinder
from ui.documents.fields_form import FieldsForm
from ui.documents.lines_table import LinesTable
from ui.notices import Tone
from ui.theme import icon
from ui.workspace import Workspace


class LinesEditor(QWidget):
    """A table with a field above that finds assets, and below it the fields of the selected lines."""

    changed = Signal()
    all_wanted = Signal()  # everything of the person who hands over

    def __init__(self, workspace: Workspace, kind: Kind, own: str | None) -> None:
        super().__init__()
        self._workspace = workspace
        self._kind = kind
        self._own = own
        self.lines: list[ShownLine] = []
        self.finder = AssetFinder(workspace, kind.key)
        self.remove = QPushButton(icon("delete"), _(N_("Take off")))
        self.remove.setToolTip(_(N_("Take the selected assets off the document")))
        self.everything = QPushButton(icon("staff"), _(N_("All of this person's things")))
        self.everything.setVisible(any(field.key == "giver" for field in kind.fields))
        self.count = QLabel()
        self.count.setObjectName("hint")
        self.table = LinesTable(kind, with_problems=True)
        self.said = FieldsForm(workspace, kind.line_fields)
        self.about = QLabel()
        self.about.setObjectName("hint")
        self._lay_out()
        self.finder.found.connect(lambda asset: self.add([asset]))
        self.remove.clicked.connect(self.take_off)
        self.everything.clicked.connect(self.all_wanted)
        self.table.itemSelectionChanged.connect(self._show_said)
        self.said.changed.connect(self._say)

    def show_lines(self, lines: Sequence[ShownLine]) -> None:
        """Show the lines of a draft as it is stored."""
        self.lines = list(lines)
        self._show()

    def drafted(self) -> tuple[DraftLine, ...]:
        """The lines as they are saved."""
        return tuple(DraftLine(line.asset, line.said) for line in self.lines)

    def add(self, assets: Sequence[int]) -> None:
        """Put assets on the document; those that stand on it already are selected."""
        known = {line.asset: row for row, line in enumerate(self.lines)}
        fresh = [asset for asset in assets if asset not in known]
        if not fresh:
            for asset in assets:
                self.table.selectRow(known[asset])
            return
        ask = partial(work.lines, self._workspace.office, self._kind, fresh, self._usual(), self._own)
        self._workspace.tasks.run(ask, self._take, owner=self)

    def add_all_of(self, person: int) -> None:
        """Put everything on the document that is in somebody's name."""
        ask = partial(work.keepers_lines, self._workspace.office, self._kind, person, self._usual(), self._own)
        self._workspace.tasks.run(ask, self._take, owner=self, key="all")

    def take_off(self) -> None:
        """Take the selected lines off."""
        gone = set(self.table.selected_rows())
        if gone:
            self.lines = [line for row, line in enumerate(self.lines) if row not in gone]
            self.table.clearSelection()
            self._show()
            self.changed.emit()

    def select_wrong(self, row: int) -> None:
        """Go to a line that something is wrong with."""
        self.table.clearSelection()
        self.table.selectRow(row)

    def _usual(self) -> dict[str, object]:
        return starting.defaults(self._kind.line_fields, date.today())  # noqa: DTZ011 - the user's own day

    def _take(self, lines: list[ShownLine]) -> None:
        known = {line.asset for line in self.lines}
        fresh = [line for line in lines if line.asset not in known]
        unseen = [line for line in fresh if line.before is None]
        for line in unseen[:1]:
            self._workspace.notices.say(line.problem, Tone.WARNING)
        fresh = [line for line in fresh if line.before is not None]
        if fresh:
            self.lines += fresh
            self._show()
            self.table.selectRow(len(self.lines) - 1)
            self.changed.emit()

    def _show(self) -> None:
        self.table.show_lines(self.lines)
        self.count.setText(_(N_("{count} assets"), count=len(self.lines)))
        self._show_said()

    def _show_said(self) -> None:
        rows = self.table.selected_rows()
        self.remove.setEnabled(bool(rows))
        self.said.setVisible(bool(rows) and bool(self._kind.line_fields))
        self.about.setVisible(bool(self.lines) and bool(self._kind.line_fields))
        if not rows:
            self.about.setText(_(N_("Select lines to say something about these assets.")))
            return
        self.about.setText(_(N_("About the {count} selected:"), count=len(rows)))
        first = self.lines[rows[0]]
        # What differs between the lines is left empty, and stays as it is on each unless something is typed.
        same = {
            key: value for key, value in first.said.items() if all(self.lines[r].said.get(key) == value for r in rows)
        }
        self.said.show_values(same, first.said_texts)

    def _say(self, key: str) -> None:
        """Write what was typed on all selected lines, with what follows from it."""
        rows = self.table.selected_rows()
        value = self.said.values()[key]
        for row in rows:
            line = self.lines[row]
            said = {**line.said, key: value}
            if self._kind.key == "asset_scrapping":
                said = starting.appraised(said, line.before, key)
            self.lines[row] = replace(line, said=said)
        self.changed.emit()
        assets = tuple(self.lines[row].asset for row in rows)
        ask = partial(work.line_texts, self._workspace.office, self._kind, [self.lines[row].said for row in rows])
        named = partial(self._name, assets, key)
        self._workspace.tasks.run(ask, named, owner=self, key=("texts", assets))

    def _name(self, assets: tuple[int, ...], key: str, texts: list[dict[str, str]]) -> None:
        """Show with names what was said of these assets."""
        rows = {line.asset: row for row, line in enumerate(self.lines)}
        for asset, named in zip(assets, texts, strict=True):
            if asset in rows:
                row = rows[asset]
                self.lines[row] = replace(self.lines[row], said_texts=named)
                self.table.show_line(row, self.lines[row])
        selected = self.table.selected_rows()
        if tuple(self.lines[row].asset for row in selected) == assets:
            self._follow(key, selected)

    def _follow(self, typed: str, rows: list[int]) -> None:
        """Show in the fields what followed, but leave alone the one that is being typed into."""
        first = self.lines[rows[0]]
        for key, editor in self.said.editors.items():
            if (
                key != typed
                and not editor.hasFocus()
                and all(self.lines[r].said.get(key) == first.said.get(key) for r in rows)
            ):
                self.said.show_one(key, first.said.get(key), first.said_texts.get(key, ""))

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.finder, 1)
        bar.addWidget(self.everything)
        bar.addWidget(self.remove)
        bar.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.about)
        column.addWidget(self.said)
        self._show()
