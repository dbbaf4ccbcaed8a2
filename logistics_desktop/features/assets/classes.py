"""Classes: the way from one edition of the class table to the next.

The same code means different things in two editions, so a map goes first by names.
"""

from __future__ import annotations

import enum
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models.assets import Asset, AssetClass, AssetClassMap
from logistics_desktop import operations
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.references import plain

_DEEPEST = 50


class Why(enum.Enum):
    """Why a class is proposed for another, the surest first (values are message ids)."""

    SAME = N_("same code and name")
    NAME = N_("same name")
    CODE = N_("same code only, check it")


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class of one edition; `assets` counts those that are directly in it."""

    id: int
    parent_id: int | None
    code: str
    name: str
    assets: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The class that may take the place of another."""

    id: int
    why: Why


@dataclass(frozen=True, slots=True)
class Editions:
    """Two editions side by side: their classes, and the map that is kept, from old to new."""

    old: tuple[ClassLine, ...]
    new: tuple[ClassLine, ...]
    kept: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Moved:
    """How many assets went to the new edition, how many stay because their class has no counterpart, and the step."""

    step: uuid.UUID
    moved: int
    left: int


def editions(session: Session) -> list[str]:
    """The editions that there are, in order."""
    return list(session.scalars(sa.select(AssetClass.edition).distinct().order_by(AssetClass.edition)))


def side_by_side(session: Session, old: str, new: str) -> Editions:
    """Two editions with the map between them."""
    kept = (
        sa.select(AssetClassMap.from_id, AssetClassMap.to_id)
        .join(AssetClass, AssetClass.id == AssetClassMap.from_id)
        .where(AssetClass.edition == old, AssetClassMap.to_edition == new)
    )
    return Editions(_lines(session, old), _lines(session, new), {row[0]: row[1] for row in session.execute(kept)})


def propose(old: Sequence[ClassLine], new: Sequence[ClassLine]) -> dict[int, Proposal]:
    """Find for each class of `old` the one of `new` that is likely the same, where there is just one such."""
    names = Counter(plain(line.name) for line in new)
    by_name = {plain(line.name): line.id for line in new if names[plain(line.name)] == 1}
    by_code = {plain(line.code): line for line in new}
    found = {}
    for line in old:
        same_code = by_code.get(plain(line.code))
        if same_code is not None and plain(same_code.name) == plain(line.name):
            found[line.id] = Proposal(same_code.id, Why.SAME)
        elif plain(line.name) in by_name:
            found[line.id] = Proposal(by_name[plain(line.name)], Why.NAME)
        elif same_code is not None:
            found[line.id] = Proposal(same_code.id, Why.CODE)
    return found


def keep_map(session: Session, new: str, pairs: Mapping[int, int | None]) -> None:
    """Keep which class of the edition `new` takes the place of each class; None says that there is none."""
    gone = [one for one, other in pairs.items() if other is None]
    session.execute(
        sa.delete(AssetClassMap).where(AssetClassMap.from_id.in_(gone), AssetClassMap.to_edition == new),
        execution_options={"synchronize_session": False},
    )
    rows = [{"from_id": one, "to_id": other, "to_edition": new} for one, other in pairs.items() if other is not None]
    if rows:
        stored = insert(AssetClassMap)
        better = stored.on_conflict_do_update(
            index_elements=["from_id", "to_edition"],
            set_={"to_id": stored.excluded.to_id},
            where=AssetClassMap.to_id != stored.excluded.to_id,
        )
        session.execute(better, rows)


def move_assets(session: Session, old: str, new: str) -> Moved:
    """Give every asset of an edition the class of the other edition that the map names, in one step.

    Raises `Refused` if the map names none for any of them, `UserError` if both are one edition.
    """
    if old == new:
        raise UserError(N_("Choose two different editions."))
    in_old = sa.and_(AssetClass.id == Asset.class_id, AssetClass.edition == old)
    mapped = sa.and_(AssetClassMap.from_id == Asset.class_id, AssetClassMap.to_edition == new)
    count = sa.select(sa.func.count()).select_from(Asset)
    moving = session.scalar(count.join(AssetClass, in_old).join(AssetClassMap, mapped)) or 0
    whole = session.scalar(count.join(AssetClass, in_old)) or 0
    if not moving:
        raise Refused(N_("None of the assets is in a class that has a counterpart in “{edition}”."), edition=new)
    with operations.step(session, "edition", ASSETS, f"{old} → {new}", moving) as step:
        session.execute(
            sa.update(Asset).values(class_id=AssetClassMap.to_id).where(mapped, in_old),
            execution_options={"synchronize_session": False},
        )
    return Moved(step, moving, whole - moving)


def with_descendants(lines: Iterable[ClassLine]) -> dict[int, int]:
    """The assets in each class and in all classes below it."""
    known = {line.id: line for line in lines}
    sums = dict.fromkeys(known, 0)
    for line in known.values():
        at: ClassLine | None = line
        for _level in range(_DEEPEST):
            if at is None:
                break
            sums[at.id] += line.assets
            at = known.get(at.parent_id) if at.parent_id is not None else None
    return sums


def _lines(session: Session, edition: str) -> tuple[ClassLine, ...]:
    count = sa.select(sa.func.count()).where(Asset.class_id == AssetClass.id).correlate(AssetClass).scalar_subquery()
    columns = (AssetClass.id, AssetClass.parent_id, AssetClass.code, AssetClass.name, count)
    found = sa.select(*columns).where(AssetClass.edition == edition).order_by(AssetClass.code)
    return tuple(ClassLine(*row) for row in session.execute(found))
