"""Words in columns of choices that mean none of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from ui.ledger.importing.course import Course
from ui.ledger.importing.lines import Lines, LinesView
from ui.ledger.importing.tones import Tone, colour


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in the column of a field, and the value of the choice that the user says it means."""

    key: str
    word: str
    rows: int
    means: str | None


class WordsPanel(QWidget):
    """One line for a word; the button says what the selected ones mean."""

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        headers = [_(N_("Column")), _(N_("Word")), _(N_("Rows")), _(N_("Means"))]
        self.list: LinesView[_Word] = LinesView(Lines(headers, self._texts, _colour), (15, 13, 7))
        self.list.chosen.connect(self._enable)
        self.list.opened.connect(lambda _word: self.choose())
        hint = QLabel(_(N_("These columns hold one of a few words, and these are none of them.")), wordWrap=True)
        hint.setObjectName("hint")
        self.means = QPushButton(_(N_("Means …")), autoDefault=False)
        self.means.clicked.connect(lambda: self.choose())
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(hint)
        column.addWidget(self.list, 1)
        column.addWidget(self.means, 0, Qt.AlignmentFlag.AlignLeft)
        self._enable()

    def refresh(self) -> int:
        """Show the words, those that have got a meaning last, and give the number of the others."""
        checked = self._course.checked
        unknown = checked.plan.unknown_words if checked else ()
        words = [_Word(one.key, one.word, len(one.rows), None) for one in unknown]
        known = [_Word(key, word, 0, value) for (key, word), value in self._course.options.words.items()]
        self.list.lines.show([*words, *known])
        if not self.list.selected():
            self.list.selectRow(0)
        self._enable()
        return len(words)

    def choose(self) -> QMenu | None:
        """Offer the choices of the column."""
        chosen = self.list.selected()
        if not self.means.isEnabled() or not chosen:
            return None
        choices = self._course.entity.by_key[chosen[0].key].choices or {}
        words = [(one.key, one.word) for one in chosen]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for member, choice in choices.items():
            menu.addAction(_(choice.label), partial(self._course.give_meaning, words, member.value))
        menu.popup(self.means.mapToGlobal(QPoint(0, self.means.height() + 2)))
        return menu

    def _enable(self) -> None:
        self.means.setEnabled(len({one.key for one in self.list.selected()}) == 1)

    def _texts(self, one: _Word) -> tuple[str, ...]:
        field = self._course.entity.by_key[one.key]
        labels = {member.value: choice.label for member, choice in (field.choices or {}).items()}
        means = _(labels[one.means]) if one.means is not None else _(N_("Not decided"))
        return _(field.label), one.word, f"{one.rows:,}" if one.rows else "", means


def _colour(one: _Word) -> QColor | None:
    return colour(Tone.WRONG) if one.means is None else None
