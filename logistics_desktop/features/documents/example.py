"""A document that is nobody's, to show a layout with before there is a real one."""

from __future__ import annotations

from datetime import UTC, datetime

from logistics_desktop.features.documents import layouts
from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.features.documents.layouts import REQUESTER, STEPS, Layout
from logistics_desktop.features.documents.printed import LEDGER, Head, Printed, Said, Signed
from logistics_desktop.features.labels.links import Link
from logistics_desktop.i18n import N_, translate

_NUMBER = "{prefix}-202601-0001"
_AT = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
_LINES = 3
_AMOUNT, _COUNT = "1,200.00", "1"


def example(kind: Kind, layout: Layout) -> Printed:
    """Every field with its own name in brackets, and three lines."""
    number = _NUMBER.format(prefix=kind.prefix)
    labels, heads = layouts.labels(kind), layouts.headings(kind)
    wide = {field.key for field in kind.fields if field.type == "note"}
    columns = [(one, translate(heads[one.key])) for one in layout.columns]
    line = tuple(_value(one.key, label) for one, label in columns)
    return Printed(
        layout,
        layout.title or layouts.usual_title(kind),
        number,
        "",
        tuple(Said(translate(labels[key]), f"({translate(labels[key])})", key in wide) for key in layout.fields),
        tuple(Head(label, one.width, one.key in layouts.NUMBERS) for one, label in columns),
        (line,) * _LINES,
        (),
        tuple(_signed(one.label, one.source) for one in layout.signatures),
        str(Link(LEDGER, number)) if layout.code else "",
    )


def _value(key: str, label: str) -> str:
    if key == "quantity":
        return _COUNT
    return _AMOUNT if key in layouts.NUMBERS else f"({label})"


def _signed(label: str, source: str) -> Signed:
    name = translate(N_("(name)"))
    if source == STEPS:
        return Signed(label + translate(N_("Head of the department")), name, _AT)
    return Signed(label, name, _AT) if source == REQUESTER else Signed(label)
