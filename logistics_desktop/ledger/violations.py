"""The database's refusals of one record, told by the field they are about.

Two people may pass every check at the same moment; then the database's word is the first that anybody
hears. Refusals that no field is to blame for are left to `logistics_desktop.faults`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, ProgrammingError

from logistics_desktop.errors import FieldErrors, UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity

REACHED_BY: Mapping[str, str] = {"asset": "department_id", "staff": "department_id"}
"""The column by which the policies of a table choose its rows, where they do (`db/sql/protection.sql`)."""

# The end of the name that db/sql/tree.sql gives its refusals.
_NO_RING = "no_ring"


@contextmanager
def told_by_field(entity: Entity) -> Iterator[None]:
    """Turn refusals of a row of `entity` into `FieldErrors` where a field can be named."""
    try:
        yield
    except (IntegrityError, ProgrammingError) as error:
        told = _meaning(entity, error.orig)
        if told is None:
            raise
        raise told from error


def ring(entity: Entity) -> FieldErrors:
    """Tell that a row would come to lie below itself."""
    assert entity.parent is not None
    return FieldErrors({entity.parent.key: UserError(N_("This lies below the row itself. Choose another."))})


def _meaning(entity: Entity, cause: BaseException | None) -> FieldErrors | None:
    if not isinstance(cause, psycopg.Error):
        return None
    name = cause.diag.constraint_name or ""
    if name.endswith(_NO_RING):
        return ring(entity)
    keys = _keys_of(entity, name)
    match cause:
        case psycopg.errors.UniqueViolation() if keys:
            labels = ", ".join(_(entity.by_key[key].label) for key in keys)
            return FieldErrors({keys[-1]: UserError(N_("Another row already has this: {labels}."), labels=labels)})
        case psycopg.errors.ForeignKeyViolation() if keys:
            return FieldErrors({keys[-1]: UserError(N_("This has been deleted meanwhile. Choose another."))})
        case psycopg.errors.InsufficientPrivilege() if breaks_policy(cause) and entity.table in REACHED_BY:
            return FieldErrors(
                {
                    REACHED_BY[entity.table]: UserError(
                        N_(
                            "Your rights do not reach the department or person that it would belong to. "
                            "Choose your own, or ask an administrator."
                        )
                    )
                }
            )
    return None


def breaks_policy(cause: psycopg.Error) -> bool:
    """Whether a row was refused as it would be, which has the SQLSTATE of every missing right."""
    return cause.diag.source_function == "ExecWithCheckOptions"


def _keys_of(entity: Entity, constraint: str) -> list[str]:
    """The fields that a constraint of the ledger's own table is about."""
    table = entity.model.__table__
    assert isinstance(table, sa.Table)
    for one in table.constraints:
        if one.name == constraint and isinstance(one, sa.UniqueConstraint | sa.ForeignKeyConstraint):
            return [column.key for column in one.columns if column.key in entity.by_key]
    return []
