"""What an editor holds, readable or not, as JSON, and back again: for drafts."""

from __future__ import annotations

from typing import Any

from logistics_desktop.ledger.fields import Reference
from ui.ledger.editors import ChoiceEditor, LineEditor, NoteEditor
from ui.ledger.reference_editor import ReferenceEditor

AnyEditor = LineEditor | NoteEditor | ChoiceEditor | ReferenceEditor


def typed_in(editor: AnyEditor) -> Any:
    """Give what the editor holds."""
    match editor:
        case ChoiceEditor():
            value = editor.value()
            return None if value is None else value.value
        case ReferenceEditor():
            chosen = editor.chosen
            return {"text": editor.text(), "chosen": [chosen.id, chosen.title] if chosen else None}
        case NoteEditor():
            return editor.toPlainText()
    return editor.text()


def type_into(editor: AnyEditor, typed: Any) -> None:
    """Put it back. What another version of the program kept and does not fit is left out."""
    match editor, typed:
        case ChoiceEditor(), _:
            known = [value for value in editor.choices if (value.value if value is not None else None) == typed]
            if known:
                editor.set_value(known[0])
        case ReferenceEditor(), {"text": str(text), "chosen": chosen}:
            match chosen:
                case [int(number), str(title)]:
                    editor.set_value(Reference(number, title))
                case _:
                    editor.set_value(None)
            editor.setText(text)
        case NoteEditor(), str(text):
            editor.setPlainText(text)
        case LineEditor(), str(text):
            editor.setText(text)
