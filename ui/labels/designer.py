"""The dialog in which a label is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.checks import check_label, design_problems
from logistics_desktop.features.labels.design import Box, Code, Design, Element, Frame, Picture, Symbology, Text
from logistics_desktop.features.labels.filling import LINK, Label, code_key, label_of
from logistics_desktop.features.labels.geometry import Grid
from logistics_desktop.features.labels.sheets import SIZES
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from ui.actions import bind, make
from ui.labels.canvas import Canvas
from ui.labels.editing import Edits
from ui.labels.inspector import Inspector
from ui.labels.logo import read_logo
from ui.labels.numbers import number
from ui.ledger.ask import ask_unsaved
from ui.theme import icon

_STEPS = (0.0, 0.5, 1.0, 2.0, 5.0)
_INSPECTOR_WIDTH = 270
_COPY_SHIFT = 2.0
_COARSE = Grid(203)  # what fits for the coarsest printer fits for all


class Designer(QDialog):
    """Edits one design with records of the ledger to look at. Ctrl+Z undoes, Ctrl+D doubles, Ctrl+S saves."""

    save_wanted = Signal(object)  # Design
    left = Signal()

    def __init__(
        self, entity: Entity, design: Design, records: Sequence[Mapping[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._entity = entity
        self._records = records
        self._shown = 0
        self._leaving = False
        self.edits = Edits(design)
        self.canvas = Canvas(design, self._label(), self)
        self.inspector = Inspector(entity)
        self.name = QLineEdit(design.name, maxLength=200)
        self.size_choice = QComboBox()
        self.width_field, self.height_field = number(5, 500), number(5, 500)
        self.record_title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.problems = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problems.setObjectName("problem")
        self.save_button = QPushButton(_(N_("Save")))
        self.setWindowTitle(_(N_("Design a label - {ledger}"), ledger=_(entity.label)) + "[*]")
        self.resize(1080, 680)
        self._make_actions()
        self._lay_out()
        self._connect()
        self._show()

    def add(self, element: Element) -> None:
        """Put a new element on top and choose it."""
        design = self.edits.design
        self._put(replace(design, elements=(*design.elements, element)))
        self.canvas.choose(len(design.elements))
        self.canvas.setFocus()

    def add_picture(self, path: Path) -> None:
        """Put the picture in a file on the label."""
        try:
            png = read_logo(path)
        except UserError as problem:
            self.problems.setText(str(problem))
            return
        self.add(Picture(self._fresh_box(15, 15), png))

    def saved(self, design: Design) -> None:
        """`design` is in the database; what was done since is not."""
        self.edits.mark_saved(design)
        self._show()
        if self._leaving and not self.edits.changed():
            self.close()

    def refuse(self, error: BaseException) -> None:
        """The design was not saved; say why."""
        self._leaving = False
        self.problems.setText(str(error))
        self.problems.show()

    def reject(self) -> None:
        """Close, after asking about changes that are not saved; the window's own button and Esc come here too."""
        if self.edits.changed():
            ask_unsaved(self, self._save_and_close, self._drop)
            return
        super().reject()
        self.left.emit()

    def _make_actions(self) -> None:
        self.tools = QToolBar()
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._action(_(N_("Text")), lambda: self.add(Text(self._fresh_box(30, 5), f"{{{code_key(self._entity)}}}")))
        for symbology, title, size in (
            (Symbology.QR, "QR", (18, 18)),
            (Symbology.CODE_128, "Code 128", (45, 12)),
            (Symbology.EAN_13, "EAN-13", (40, 15)),
            (Symbology.EAN_8, "EAN-8", (30, 15)),
        ):
            self._action(title, partial(self._add_code, symbology, size))
        self._action(_(N_("Picture …")), self._ask_picture)
        self._action(_(N_("Frame")), lambda: self.add(Frame(self._fresh_box(20, 10))))
        self.tools.addSeparator()
        self.undo_action = self._keyed("design_undo", lambda: self._step(self.edits.undo))
        self.redo_action = self._keyed("design_redo", lambda: self._step(self.edits.redo))
        self.double_action = self._keyed("design_double", self._double)
        self.raise_action = self._keyed("design_front", self._to_front)
        self.delete_action = self._action(_(N_("Delete")), self._delete, "delete")
        bind(make("design_save", self, self._save), self, inside=True)

    def _action(self, text: str, do: Callable[[], object], icon_name: str = "") -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: do())
        if icon_name:
            action.setIcon(icon(icon_name))
        self.tools.addAction(action)
        return action

    def _keyed(self, key: str, do: Callable[[], object]) -> QAction:
        action = bind(make(key, self, do), self, inside=True)
        self.tools.addAction(action)
        return action

    def _lay_out(self) -> None:
        self.size_choice.addItem(_(N_("Own size")))
        self.size_choice.addItems([f"{width:g} × {height:g} mm" for width, height in SIZES])
        self.grid_choice = QComboBox()
        for step in _STEPS:
            self.grid_choice.addItem(f"{step:g} mm" if step else _(N_("No grid")), step)
        self.grid_choice.setCurrentIndex(_STEPS.index(self.canvas.step))
        top = QHBoxLayout()
        fields: tuple[tuple[str, QWidget], ...] = (
            (_(N_("Name")), self.name),
            (_(N_("Size")), self.size_choice),
            ("", self.width_field),
            ("×", self.height_field),
            (_(N_("Grid")), self.grid_choice),
        )
        for label, widget in fields:
            widget.setAccessibleName(label)
            top.addWidget(QLabel(label))
            top.addWidget(widget, 1 if widget is self.name else 0)
        middle = QHBoxLayout()
        middle.addWidget(self.canvas, 1)
        self.inspector.setFixedWidth(_INSPECTOR_WIDTH)
        middle.addWidget(self.inspector)
        bottom = QHBoxLayout()
        self.before, self.after = QPushButton("◀"), QPushButton("▶")
        self.before.setAccessibleName(_(N_("Previous record")))
        self.after.setAccessibleName(_(N_("Next record")))
        close = QPushButton(_(N_("Close")))
        close.clicked.connect(self.close)
        for each in (self.before, self.after, self.save_button, close):
            each.setAutoDefault(False)  # Enter belongs to the fields
        bottom.addWidget(self.before)
        bottom.addWidget(self.after)
        bottom.addWidget(self.record_title)
        bottom.addStretch(1)
        bottom.addWidget(self.save_button)
        bottom.addWidget(close)
        whole = QVBoxLayout(self)
        whole.addLayout(top)
        whole.addWidget(self.tools)
        whole.addLayout(middle, 1)
        whole.addWidget(self.problems)
        whole.addLayout(bottom)
        self.canvas.setFocus()

    def _connect(self) -> None:
        self.canvas.edited.connect(self._put)
        self.canvas.chosen.connect(lambda _place: self._show_chosen())
        self.canvas.delete_wanted.connect(self._delete)
        self.inspector.edited.connect(self._take)
        self.name.textEdited.connect(lambda text: self._put(replace(self.edits.design, name=text), "name"))
        self.size_choice.activated.connect(self._take_size)
        self.width_field.valueChanged.connect(lambda width: self._put(replace(self.edits.design, width=width)))
        self.height_field.valueChanged.connect(lambda height: self._put(replace(self.edits.design, height=height)))
        self.grid_choice.activated.connect(self._take_grid)
        self.before.clicked.connect(lambda: self._look_at(-1))
        self.after.clicked.connect(lambda: self._look_at(1))
        self.save_button.clicked.connect(self._save)

    def _label(self) -> Label:
        return label_of(self.edits.design, self._entity, self._records[self._shown])

    def _fresh_box(self, width: float, height: float) -> Box:
        design = self.edits.design
        return Box(1, 1, min(width, max(design.width - 2, 1)), min(height, max(design.height - 2, 1)))

    def _add_code(self, symbology: Symbology, size: tuple[float, float]) -> None:
        pattern = f"{{{LINK}}}" if symbology is Symbology.QR else f"{{{code_key(self._entity)}}}"
        self.add(Code(self._fresh_box(*size), symbology, pattern))

    def _put(self, design: Design, kind: object = None) -> None:
        self.edits.put(design, kind)
        self._show()

    def _take(self, element: Element, kind: object) -> None:
        place = self.canvas.place
        if place >= 0:
            self._put(self.edits.design.with_element(place, element), (place, kind))

    def _take_size(self) -> None:
        at = self.size_choice.currentIndex()
        if at > 0:
            width, height = SIZES[at - 1]
            self._put(replace(self.edits.design, width=width, height=height))

    def _take_grid(self) -> None:
        self.canvas.step = self.grid_choice.currentData()
        self.canvas.update()

    def _step(self, step: Callable[[], object]) -> None:
        step()
        self._show()

    def _double(self) -> None:
        place = self.canvas.place
        if place >= 0:
            element = self.edits.design.elements[place]
            self.add(replace(element, box=element.box.moved(_COPY_SHIFT, _COPY_SHIFT)))

    def _to_front(self) -> None:
        place = self.canvas.place
        if place >= 0:
            element = self.edits.design.elements[place]
            self.canvas.choose(-1)
            self._put(self.edits.design.without(place))
            self.add(element)

    def _delete(self) -> None:
        place = self.canvas.place
        if place >= 0:
            self.canvas.choose(-1)
            self._put(self.edits.design.without(place))

    def _look_at(self, by: int) -> None:
        self._shown = (self._shown + by) % len(self._records)
        self._show()

    def _ask_picture(self) -> None:
        dialog = QFileDialog(self, _(N_("Picture …")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(_(N_("Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.svg)")))
        dialog.fileSelected.connect(lambda path: self.add_picture(Path(path)))
        dialog.open()

    def _save(self) -> None:
        """Ask for the design to be saved; one that is wrong stays here with its problems on show."""
        if not any(design_problems(self.edits.design, self._entity)):
            self.save_wanted.emit(self.edits.design)

    def _save_and_close(self) -> None:
        self._leaving = True
        self._save()

    def _drop(self) -> None:
        self.edits.mark_saved(self.edits.design)
        self.close()

    def _show(self) -> None:
        design, label = self.edits.design, self._label()
        self.canvas.show_design(design, label)
        self._show_chosen()
        for field, value in ((self.width_field, design.width), (self.height_field, design.height)):
            with QSignalBlocker(field):
                field.setValue(value)
        if self.name.text() != design.name:
            self.name.setText(design.name)
        size = (design.width, design.height)
        self.size_choice.setCurrentIndex(SIZES.index(size) + 1 if size in SIZES else 0)
        self.record_title.setText(label.title)
        self.undo_action.setEnabled(self.edits.can_undo())
        self.redo_action.setEnabled(self.edits.can_redo())
        problems = self._found_problems()
        self.problems.setText("\n".join(problems))
        self.problems.setVisible(bool(problems))
        self.setWindowModified(self.edits.changed())

    def _show_chosen(self) -> None:
        place = self.canvas.place
        self.inspector.show_element(self.edits.design.elements[place] if place >= 0 else None)
        for action in (self.double_action, self.raise_action, self.delete_action):
            action.setEnabled(place >= 0)

    def _found_problems(self) -> list[str]:
        """What is wrong with the design, and then what would be with the record on show."""
        found = [str(problem) for problem in design_problems(self.edits.design, self._entity)]
        try:
            check_label(self.edits.design, self._label(), _COARSE)
        except UserError as problem:
            found.append(str(problem))
        return found
