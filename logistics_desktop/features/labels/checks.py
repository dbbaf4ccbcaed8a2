"""What is wrong with a design, or with the label of one record, before anything is printed."""

from __future__ import annotations

from collections.abc import Iterator

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.design import Code, Design, Element, Frame, Text
from logistics_desktop.features.labels.filling import LINK, Label, names
from logistics_desktop.features.labels.geometry import Grid, place_code
from logistics_desktop.features.labels.symbologies import encode
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity

_TOLERANCE = 0.05  # millimetres
_LEAST, _MOST = 5.0, 500.0
_LEAST_BOX = 1.0


def design_problems(design: Design, entity: Entity) -> Iterator[UserError]:
    """Everything that is wrong with a design, whatever is printed with it."""
    if not design.name.strip():
        yield UserError(N_("The label needs a name."))
    if not (_LEAST <= design.width <= _MOST and _LEAST <= design.height <= _MOST):
        yield UserError(
            N_("A label is between {least} and {most} mm wide and high."), least=f"{_LEAST:g}", most=f"{_MOST:g}"
        )
    for element in design.elements:
        yield from _element_problems(design, entity, element)


def check_design(design: Design, entity: Entity) -> None:
    """Raise the first thing that is wrong with a design."""
    for problem in design_problems(design, entity):
        raise problem


def check_label(design: Design, label: Label, grid: Grid) -> None:
    """Raise `UserError`, naming the record, where one of its codes cannot be printed."""
    for element, text in zip(design.elements, label.texts, strict=True):
        if isinstance(element, Code):
            try:
                _check_code(element, text, grid)
            except UserError as problem:
                raise UserError(N_("{record}: {problem}"), record=label.title, problem=str(problem)) from problem


def _check_code(code: Code, text: str, grid: Grid) -> None:
    box = grid.box(code.box)
    upright = (box.height, box.width) if code.turn % 180 else (box.width, box.height)
    place_code(code, encode(code.symbology, text, code.level), *upright, grid)


def describe(element: Element) -> str:
    """How an element is called in a message."""
    match element:
        case Text(pattern=pattern):
            return _(N_("The text “{pattern}”"), pattern=pattern.splitlines()[0] if pattern.strip() else "")
        case Code(pattern=pattern):
            return _(N_("The code “{pattern}”"), pattern=pattern)
        case Frame():
            return _(N_("The frame"))
    return _(N_("The picture"))


def _element_problems(design: Design, entity: Entity, element: Element) -> Iterator[UserError]:
    box, name = element.box, describe(element)
    beyond = box.right > design.width + _TOLERANCE or box.bottom > design.height + _TOLERANCE
    if min(box.x, box.y) < -_TOLERANCE or beyond:
        yield UserError(N_("{element} is partly outside of the label."), element=name)
    if not isinstance(element, Frame) and min(box.width, box.height) < _LEAST_BOX:
        yield UserError(N_("{element} is too small to be seen."), element=name)
    if isinstance(element, Text | Code):
        if not element.pattern.strip():
            yield UserError(N_("{element} is empty."), element=name)
        for field in names(element.pattern):
            if field not in entity.by_key and field != LINK:
                yield UserError(
                    N_("{element}: {ledger} has no field “{field}”."),
                    element=name,
                    ledger=_(entity.label),
                    field=field,
                )
