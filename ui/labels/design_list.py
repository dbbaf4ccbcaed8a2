"""The designs of a ledger to choose from, to make, edit and delete."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QMenu, QPushButton, QWidget

from logistics_desktop.features.labels.design import Design
from logistics_desktop.features.labels.filling import example
from logistics_desktop.features.labels.sheets import SIZES
from logistics_desktop.features.labels.starters import starter
from logistics_desktop.features.labels.store import Saved
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from ui.labels import loading
from ui.labels.designer import Designer
from ui.labels.loading import Loaded
from ui.ledger.ask import Answer, ask
from ui.workspace import Workspace


class DesignList(QWidget):
    """First the office's own designs, then one of each usual size that can be printed as it is."""

    changed = Signal()  # another design is chosen, or it was edited
    failed = Signal(object)  # the error

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._entity = entity
        self._saved: tuple[Saved, ...] = ()
        self._records: tuple[Mapping[str, str], ...] = (example(entity),)
        self.designer: Designer | None = None
        self.choice = QComboBox()
        self.new_button = QPushButton(_(N_("New")))
        self.edit_button = QPushButton(_(N_("Edit …")))
        self.delete_button = QPushButton(_(N_("Delete …")))
        column = QGridLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.choice, 0, 0, 1, 3)
        for at, button in enumerate((self.new_button, self.edit_button, self.delete_button)):
            button.setAutoDefault(False)
            column.addWidget(button, 1, at)
        self.new_button.setMenu(self._size_menu())
        self.choice.setAccessibleName(_(N_("Label")))
        self.choice.activated.connect(lambda _at: self._show())
        self.edit_button.clicked.connect(self.edit)
        self.delete_button.clicked.connect(self.ask_delete)

    def load(self, ids: array[int], wanted: object = None) -> None:
        """Read the designs, choose the one numbered `wanted`, and read some of the rows to look at designs with."""
        work = partial(loading.load, self._workspace.office, self._entity, ids)
        then = partial(self._take, wanted)
        self._workspace.tasks.run(work, then, owner=self, key="load", on_error=self.failed.emit)

    def saved(self) -> Saved | None:
        """The chosen design where it is one of the office's own."""
        at = self.choice.currentIndex()
        return self._saved[at] if 0 <= at < len(self._saved) else None

    def design(self) -> Design | None:
        """The chosen design; None while they are read, and for one that cannot be."""
        saved = self.saved()
        if saved is not None:
            return saved.design
        at = self.choice.currentIndex() - len(self._saved)
        return starter(self._entity, *SIZES[at]) if at >= 0 else None

    def choose(self, at: int) -> None:
        """Choose a design by its place in the list."""
        self.choice.setCurrentIndex(at)
        self._show()

    def new(self, width: float, height: float) -> Designer:
        """Open the designer with a new label of this size."""
        return self.open_designer(starter(self._entity, width, height), None)

    def edit(self) -> Designer | None:
        """Open the designer with the chosen design; one of the usual sizes becomes the office's own."""
        design = self.design()
        return self.open_designer(design, self.saved()) if design is not None else None

    def ask_delete(self) -> None:
        """Ask whether the chosen design is to go."""
        saved = self.saved()
        if saved is not None:
            answers = [Answer(_(N_("Delete")), partial(self._delete, saved)), Answer(_(N_("Keep")))]
            ask(self, _(N_("Delete the label “{name}” for everybody?"), name=saved.name), answers)

    def may_close(self) -> bool:
        """Close the designer; False where it stays because of unsaved changes."""
        if self.designer is not None:
            self.designer.reject()
        return self.designer is None

    def _size_menu(self) -> QMenu:
        menu = QMenu(self)
        for width, height in SIZES:
            menu.addAction(f"{width:g} × {height:g} mm", partial(self.new, width, height))
        return menu

    def _take(self, wanted: object, loaded: Loaded) -> None:
        self._saved, self._records = loaded.saved, loaded.records
        self.choice.clear()
        self.choice.addItems([saved.name for saved in loaded.saved])
        for width, height in SIZES:
            size = f"{width:g} × {height:g} mm"
            self.choice.addItem(_(N_("Standard, {size}"), size=size))
        places = [at for at, saved in enumerate(loaded.saved) if saved.id == wanted]
        self.choose(next(iter(places), 0))

    def _show(self) -> None:
        saved = self.saved()
        self.delete_button.setEnabled(saved is not None)
        self.edit_button.setEnabled(self.design() is not None)
        self.changed.emit()
        if saved is not None and saved.problem is not None:
            self.failed.emit(saved.problem)

    def open_designer(self, design: Design, before: Saved | None) -> Designer:
        """Open the designer; saving replaces the one `before` or makes a new one. There is one designer at a time."""
        if self.designer is not None:
            self.designer.activateWindow()
            return self.designer
        made = Designer(self._entity, design, self._records, self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.save_wanted.connect(partial(self._save, made))
        made.left.connect(self._forget)
        self.designer, self._before = made, before
        made.show()
        return made

    def _forget(self) -> None:
        self.designer = None

    def _save(self, designer: Designer, design: Design) -> None:
        work = partial(loading.save, self._workspace.office, self._entity, self._before, design)
        then = partial(self._stored, designer)
        self._workspace.tasks.run(work, then, owner=designer, key="save", on_error=designer.refuse)

    def _stored(self, designer: Designer, saved: Saved) -> None:
        self._before = saved
        work = partial(loading.designs, self._workspace.office, self._entity)
        self._workspace.tasks.run(work, partial(self._take_saved, saved.id), owner=self, on_error=self.failed.emit)
        assert saved.design is not None
        designer.saved(saved.design)

    def _take_saved(self, wanted: int, found: tuple[Saved, ...]) -> None:
        self._take(wanted, Loaded(found, self._records))

    def _delete(self, saved: Saved) -> None:
        work = partial(loading.delete, self._workspace.office, self._entity, saved)
        self._workspace.tasks.run(work, partial(self._take_saved, 0), owner=self, on_error=self.failed.emit)
