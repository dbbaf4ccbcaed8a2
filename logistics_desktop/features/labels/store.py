"""The designs of labels in the database, shared by everybody in the office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.labels import LabelDesign
from logistics_desktop.errors import Conflict, Refused, UserError
from logistics_desktop.features.labels.checks import check_design
from logistics_desktop.features.labels.design import Design
from logistics_desktop.features.labels.document import from_json, to_json
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Saved:
    """A design in the database; `version` is what a change of it must name. `problem` is why it cannot be read."""

    id: int
    version: int
    name: str
    design: Design | None
    problem: UserError | None = None


def designs(session: Session, entity: Entity) -> list[Saved]:
    """The designs for a ledger by name; one that cannot be read is there too, with its problem."""
    found = sa.select(LabelDesign).where(LabelDesign.ledger == entity.key).order_by(LabelDesign.name)
    return list(_read(session.scalars(found)))


def create(session: Session, entity: Entity, design: Design) -> int:
    """Store a new design and give its number. Raises `UserError` for one that is wrong or a name that is taken."""
    _check(session, entity, design, None)
    values = {"ledger": entity.key, "name": design.name.strip(), "design": to_json(design)}
    return session.scalars(sa.insert(LabelDesign).values(values).returning(LabelDesign.id)).one()


def update(session: Session, entity: Entity, number: int, version: int, design: Design) -> int:
    """Change a design that was read as `version` and give its new version.

    Raises `Conflict` where somebody else changed it meanwhile, `Refused` where it is gone, `UserError` as `create`.
    """
    _hold(session, number, version)
    _check(session, entity, design, number)
    values = {"name": design.name.strip(), "design": to_json(design)}
    changed = sa.update(LabelDesign).where(LabelDesign.id == number).values(values).returning(LabelDesign.version)
    return session.scalars(changed).one()


def delete(session: Session, number: int, version: int) -> None:
    """Delete a design that was read as `version`. Raises as `update` does."""
    _hold(session, number, version)
    session.execute(sa.delete(LabelDesign).where(LabelDesign.id == number))


def _read(found: Iterable[LabelDesign]) -> Iterator[Saved]:
    for row in found:
        try:
            yield Saved(row.id, row.version, row.name, from_json(row.name, row.design))
        except UserError as problem:
            yield Saved(row.id, row.version, row.name, None, problem)


def _hold(session: Session, number: int, version: int) -> None:
    columns = (LabelDesign.version, LabelDesign.updated_by)
    found = session.execute(sa.select(*columns).where(LabelDesign.id == number).with_for_update()).one_or_none()
    if found is None:
        raise Refused(N_("This label has been deleted meanwhile."))
    if found[0] != version:
        raise Conflict(N_("{who} has changed this label meanwhile. Open it again."), who=found[1])


def _check(session: Session, entity: Entity, design: Design, number: int | None) -> None:
    check_design(design, entity)
    name = design.name.strip()
    if len(name) > _LONGEST_NAME:
        raise UserError(N_("At most {most} characters fit into the name of a label."), most=_LONGEST_NAME)
    same = sa.select(LabelDesign.id).where(LabelDesign.ledger == entity.key, LabelDesign.name == name)
    if session.scalar(same) not in (None, number):
        raise UserError(N_("There is a label “{name}” already. Choose another name."), name=name)
