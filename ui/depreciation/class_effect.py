"""What a change of a class does to the depreciation of its assets, seen before the class is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from logistics_desktop.context import Office
from logistics_desktop.errors import FieldErrors
from logistics_desktop.features.depreciation import ahead, board
from logistics_desktop.features.depreciation.ahead import Affected
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.figures import Column, FigureTable
from ui.ledger.panel import RecordPanel
from ui.notices import Tone
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_TERMS = ("method", "life_months", "residual_rate")


@dataclass(frozen=True, slots=True)
class Effect:
    """The assets of one book whose charges change."""

    book: BookLine
    assets: Sequence[Affected]


def effects(office: Office, class_id: int, book: int | None, values: Mapping[str, Any], job: Job) -> list[Effect]:
    """What these values of a class change: in one book where that says them, else in each."""
    said = {key: values[key] for key in _TERMS}
    with office.session() as session:
        books = board.books(session) if book is None else [board.book_line(session, book)]
        return [
            Effect(
                one, ahead.preview_class_change(session, one.id, class_id, **said, in_book=book is not None, job=job)
            )
            for one in books
        ]


class ClassEffects(QObject):
    """Asks for the effect of what is typed over a class, by command and before it is saved.

    `of_book`: the form is of a class in one book, which may be new; else it is of the class itself.
    """

    def __init__(self, workspace: Workspace, panel: RecordPanel, parent: QWidget, *, of_book: bool = False) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._panel = panel
        self._parent = parent
        self._of_book = of_book
        panel.before_saving = self._before_saving

    def show(self) -> None:
        """Show the effect of what is typed, also where there is none."""
        if self._panel.record is None or not self._panel.isVisible():
            self._workspace.notices.say(_(N_("Open the class and change its method, life or residual rate first.")))
            return
        try:
            self._ask(None)
        except FieldErrors:
            self._workspace.notices.say(_(N_("Correct the fields that are marked first.")), Tone.WARNING)

    def _before_saving(self, save: Callable[[], object]) -> bool:
        """Hold the saving back until the user has seen which amounts change; True where it is held."""
        try:
            return bool(self._panel.form.changes().keys() & set(_TERMS)) and self._ask(save)
        except FieldErrors:
            return False

    def _ask(self, save: Callable[[], object] | None) -> bool:
        """Work the effect out and show it; False where no asset can be of the class yet. Raises `FieldErrors`."""
        record, values = self._panel.record, self._panel.form.values()
        class_id, book = None if record is None else record.id, None
        if self._of_book:
            class_id, book = values["class_id"], values["book_id"]
        if class_id is None:
            return False
        do = partial(effects, self._workspace.office, class_id, book, values)
        title = _(N_("Effect on depreciation"))
        self._workspace.tasks.run(do, partial(self._show, save), owner=self._parent, key="effect", title=title)
        return True

    def _show(self, save: Callable[[], object] | None, found: Sequence[Effect]) -> None:
        if any(effect.assets for effect in found):
            ClassEffectDialog(self._workspace, found, save, self._parent).open()
        elif save is not None:
            save()
        else:
            self._workspace.notices.say(_(N_("No amount of depreciation changes.")), Tone.DONE)


class ClassEffectDialog(WorkDialog):
    """The assets whose future charges change, book by book; with `save` its button saves the class."""

    def __init__(
        self, workspace: Workspace, found: Sequence[Effect], save: Callable[[], object] | None, parent: QWidget
    ) -> None:
        text = N_("Save the class") if save is not None else N_("Copy")
        super().__init__(workspace, _(N_("Effect on depreciation")), _(text), parent)
        self._save = save
        self.found = [effect for effect in found if effect.assets]
        self.resize(900, 480)
        self.books = QComboBox()
        for effect in self.found:
            self.books.addItem(f"{effect.book.code} {effect.book.name}")
        self.books.setAccessibleName(_(N_("Book")))
        self.books.currentIndexChanged.connect(lambda _at: self._show())
        self.about = QLabel(wordWrap=True)
        self.table = FigureTable(
            [
                Column(_(N_("Asset code"))),
                Column(_(N_("Name")), wide=True),
                Column(_(N_("Charge now")), number=True),
                Column(_(N_("Charge then")), number=True),
                Column(_(N_("Difference")), number=True),
                Column(_(N_("Months left now")), number=True),
                Column(_(N_("Months left then")), number=True),
                Column(_(N_("What is wrong"))),
            ]
        )
        self.page.addWidget(self.books)
        self.page.addWidget(self.about)
        self.page.addWidget(self.table, 1)
        self._show()

    def do(self) -> None:
        """Save the class, or copy the list."""
        if self._save is None:
            self.table.selectAll()
            self.table.copy()
        else:
            self._save()
            self.accept()

    def _show(self) -> None:
        effect = self.found[self.books.currentIndex()]
        text = N_("From {month} on, the charges of {count} assets change. Posted months stay as they are.")
        self.about.setText(_(text, month=effect.book.open_month, count=f"{len(effect.assets):,}"))
        self.table.show_lines(
            [
                (
                    one.code or "",
                    one.name,
                    f"{one.before:,.2f}",
                    f"{one.after:,.2f}",
                    f"{one.after - one.before:+,.2f}",
                    str(one.before_months),
                    str(one.after_months),
                    one.problem,
                )
                for one in effect.assets
            ]
        )
