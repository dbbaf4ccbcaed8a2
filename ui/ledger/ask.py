"""A question to the user that does not stop the program: each answer is a button with what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from logistics_desktop.i18n import N_, _


def _nothing() -> None:
    """The answer that leaves everything as it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A button; the first of several is the one that Enter presses."""

    label: str
    do: Callable[[], object] = _nothing


def ask(parent: QWidget, text: str, answers: Sequence[Answer], details: str = "") -> QMessageBox:
    """Show the question over the window of `parent`. Esc is the last answer."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(details)
    for answer in answers:
        button = box.addButton(answer.label, QMessageBox.ButtonRole.ActionRole)
        button.clicked.connect(answer.do)
        if answer is answers[0]:
            box.setDefaultButton(button)
        if answer is answers[-1]:
            box.setEscapeButton(button)
    box.open()
    return box


def ask_unsaved(parent: QWidget, save: Callable[[], object], drop: Callable[[], object]) -> QMessageBox:
    """Ask what becomes of changes that are not saved."""
    answers = [
        Answer(_(N_("Save")), save),
        Answer(_(N_("Do not save")), drop),
        Answer(_(N_("Keep editing"))),
    ]
    return ask(parent, _(N_("Your changes are not saved yet.")), answers)
