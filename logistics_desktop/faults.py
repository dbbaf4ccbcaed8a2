"""What the database's errors mean to the user: the one place that turns them into words.

By SQLSTATE and the names of tables, columns and constraints, never by the message, which comes in the server's
language. An error that is not here is a bug and stays what it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
import sqlalchemy as sa

from db.base import SCHEMA, Base
from db.embedded import EmbeddedError
from logistics_desktop.errors import ConnectionLost, FieldErrors, Refused, UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.violations import REACHED_BY, breaks_policy

# Key (edition, code)=(2022, 010101) in the detail of an error, whatever the language around it.
_KEY = re.compile(r"\((?P<columns>[^()]+)\)=\((?P<values>.*?)\)(?=[^()]*$)", re.DOTALL)

_LOST = N_("The connection to the database was lost and nothing was saved. Check the network, then try again.")
_TRY_AGAIN = N_("Somebody else was changing the same rows at that moment and nothing was saved. Please try again.")

# SQLSTATE, or its class of two characters, to error and message; the longer key is looked up first.
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_STATE: Mapping[str, tuple[type[UserError], str]] = {
    "08": (ConnectionLost, _LOST),
    "57P": (
        ConnectionLost,
        N_("The database server was stopped and nothing was saved. Try again when it runs again."),
    ),
    "40": (Refused, _TRY_AGAIN),
    "55P03": (Refused, N_("Somebody else is changing these rows and nothing was saved. Please try again in a moment.")),
    "57014": (Refused, N_("The database stopped this because it took too long. Narrow the selection and try again.")),
    "42501": (Refused, N_("You may not do this. Ask an administrator for the right to.")),
    "P0403": (Refused, N_("What has been written here stays as it is; nobody can change or delete it.")),
    "P0406": (Refused, N_("Nobody moves themselves to another department. Ask an administrator.")),
    "P0407": (Refused, N_("The file did not reach the database whole. Add it again.")),
    "25006": (Refused, N_("This database can only be read at the moment. Try again later or ask an administrator.")),
    "53100": (Refused, N_("The disk of the database server is full and nothing was saved. Tell an administrator.")),
    "53300": (Refused, N_("The database server has no connection free. Try again in a moment.")),
    "22001": (Refused, N_("A text is longer than its field can hold. Shorten it.")),
    "22003": (Refused, N_("A number is larger than its field can hold.")),
    "22021": (Refused, N_("A text contains a character that cannot be stored. Remove it.")),
    "P0421": (Refused, N_("This login exists on the server already. Choose another one.")),
    "P0422": (
        Refused,
        N_("This cannot be a login: use small letters, digits and _, and begin with a letter."),
    ),
    "P0423": (Refused, N_("There is no such account of this program on the server.")),
    "P0425": (Refused, N_("Nobody changes the own account. Another administrator can do it.")),
    "28": (Refused, N_("The database does not accept this user or password.")),
}

_BEYOND = N_(
    "A row would belong to a department or person that your rights do not reach, and nothing was saved. "
    "Choose your own, or ask an administrator."
)
_WRITTEN = re.compile(rf"(?:INSERT INTO|UPDATE|MERGE INTO)\s+{SCHEMA}\.(\w+)", re.IGNORECASE)

_EMBEDDED = {
    "no_programs": N_("The programs of the database are missing from {folder}. Install the program again.\n{detail}"),
    "other_version": N_(
        "The data in {folder} were made by PostgreSQL {made_by}, and this program brings PostgreSQL {program}. "
        "Save them to a backup with the program that made them, and restore that here."
    ),
    "disk_full": N_("The disk with {folder} is full. Make room on it and start again."),
    "no_port": N_(
        "The database of this PC found no free port on 127.0.0.1. Look what your firewall forbids.\n{detail}"
    ),
    "no_access": N_("The program may not write in {folder}. Give this account the right to, or name another folder."),
    "failed": N_("The database of this PC does not start. Its folder is {folder}. It says:\n{detail}"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """How tables, columns and checks are called on the screen (message ids)."""

    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)
    refusals: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        entities: Iterable[Entity],
        checks: Mapping[str, str] | None = None,
        refusals: Mapping[str, str] | None = None,
        tables: Mapping[str, str] | None = None,
    ) -> Words:
        """The words of the ledgers; `checks` says what a check constraint, by its name, asks for.

        `refusals` says what our own functions refuse, by SQLSTATE, or by SQLSTATE, a blank and the name of a constraint
        where one state has several reasons. A detail that is JSON fills in the words, any other is their `{detail}`.
        `tables` are those that are no ledgers, but refer to rows of them.
        """
        entities = tuple(entities)
        return cls(
            {entity.table: entity.label for entity in entities} | dict(tables or {}),
            {(entity.table, fld.key): fld.label for entity in entities for fld in entity},
            checks or {},
            refusals or {},
        )

    def table(self, name: str) -> str:
        """The ledger's name in the language in force; a table that is none keeps its own."""
        return _(self.tables.get(name, name))

    def column(self, table: str, name: str) -> str:
        """The field's name in the language in force."""
        return _(self.columns.get((table, name), name))


@contextmanager
def translated(words: Words) -> Iterator[None]:
    """Let errors of the database leave the block as errors in words, and bugs as they are."""
    try:
        yield
    except (sa.exc.DBAPIError, psycopg.Error, EmbeddedError) as problem:
        told = explain(problem, words)
        if told is problem:
            raise
        raise told from problem


def explain(problem: Exception, words: Words) -> Exception:
    """The error for the user that `problem` amounts to, or `problem` itself if it is a bug."""
    if isinstance(problem, EmbeddedError):
        return UserError(_EMBEDDED[problem.reason], **problem.params)
    statement, given = "", None
    if isinstance(problem, sa.exc.DBAPIError):
        statement, given = problem.statement or "", problem.params
        if problem.connection_invalidated:
            return ConnectionLost(_LOST)
    cause = problem.orig if isinstance(problem, sa.exc.DBAPIError) else problem
    if not isinstance(cause, psycopg.Error):
        return problem
    return (
        _constraint(cause, statement, given, words)
        or _refusal(cause, words)
        or _beyond(cause, statement)
        or _state(cause)
        or problem
    )


def _refusal(cause: psycopg.Error, words: Words) -> UserError | None:
    state, said = cause.sqlstate or "", cause.diag
    msgid = words.refusals.get(f"{state} {said.constraint_name}") or words.refusals.get(state)
    if msgid is None:
        return None
    told = Refused(msgid, **(_facts(cause) or {"detail": said.message_detail or said.column_name or ""}))
    if said.column_name and (said.table_name, said.column_name) in words.columns:
        return FieldErrors({said.column_name: told})
    return told


def _beyond(cause: psycopg.Error, statement: str) -> UserError | None:
    written = _WRITTEN.search(statement)
    beyond = written is not None and written[1] in REACHED_BY and breaks_policy(cause)
    return Refused(_BEYOND) if beyond else None


def is_passing(problem: BaseException) -> bool:
    """Whether the same may work in a moment: the line broke, the server went, or others were in the way.

    Never true of what the database refused. 25006 is what a server says that has just become a copy of another.
    """
    cause = problem.orig if isinstance(problem, sa.exc.DBAPIError) else problem
    if not isinstance(cause, psycopg.Error):
        return False
    if cause.sqlstate is None:
        return isinstance(cause, psycopg.OperationalError)
    return cause.sqlstate.startswith(("08", "57P0")) or cause.sqlstate in ("40001", "40P01", "55P03", "25006")


def _state(cause: psycopg.Error) -> UserError | None:
    state = cause.sqlstate
    if state is None:  # the line broke, or never stood: there was no server left to give a state
        return ConnectionLost(_LOST) if isinstance(cause, psycopg.OperationalError) else None
    for length in (5, 3, 2):
        if found := _BY_STATE.get(state[:length]):
            kind, msgid = found
            return kind(msgid)
    return None


def _facts(cause: psycopg.Error) -> dict[str, str]:
    detail = cause.diag.message_detail or ""
    return dict(json.loads(detail)) if detail.startswith("{") else {}


def _constraint(cause: psycopg.Error, statement: str, given: object, words: Words) -> UserError | None:
    table = cause.diag.table_name or ""
    match cause:
        case psycopg.errors.UniqueViolation():
            names, values = _key(cause, table, words)
            if not values:  # under row level security the server names no value: it may be another's
                names, values = _unique(cause, given, words)
            return Refused(
                N_("{ledger}: {field} {value} is there already. Choose another, or edit the row that has it."),
                ledger=words.table(table),
                field=names,
                value=values,
            )
        case psycopg.errors.ForeignKeyViolation() | psycopg.errors.RestrictViolation():
            return _reference(cause, statement, table, words)
        case psycopg.errors.ExclusionViolation():
            return Refused(N_("{ledger}: this overlaps with another row."), ledger=words.table(table))
        case psycopg.errors.NotNullViolation():
            name = words.column(table, cause.diag.column_name or "")
            return Refused(N_("{field} must be filled in."), field=name)
        case psycopg.errors.CheckViolation():
            check = cause.diag.constraint_name or ""
            if check in words.checks:
                return Refused(words.checks[check])
            return Refused(
                N_("{ledger}: a value breaks the rule {rule}. Correct it."), ledger=words.table(table), rule=check
            )
    return None


def _reference(cause: psycopg.Error, statement: str, table: str, words: Words) -> Refused:
    # Both directions have one SQLSTATE and name the table that points; only what was tried tells them apart.
    if statement.lstrip()[:6].upper() == "DELETE" or isinstance(cause, psycopg.errors.RestrictViolation):
        return Refused(
            N_("This cannot be deleted because {ledger} still refers to it. Change those rows first."),
            ledger=words.table(table),
        )
    names, values = _key(cause, table, words)
    return Refused(
        N_("{field}: what was chosen ({value}) is not there any more. Choose again."), field=names, value=values
    )


def _key(cause: psycopg.Error, table: str, words: Words) -> tuple[str, str]:
    """The fields that an error is about and their values; the server may keep the values to itself."""
    found = _KEY.search(cause.diag.message_detail or "")
    if found is None:
        return cause.diag.constraint_name or "", ""
    columns = found["columns"].split(", ")
    return ", ".join(words.column(table, name) for name in columns), found["values"]


def _unique(cause: psycopg.Error, given: object, words: Words) -> tuple[str, str]:
    """The fields of a unique constraint, from the models, and what the statement gave them, if it was for one row."""
    table, name = cause.diag.table_name or "", cause.diag.constraint_name or ""
    described = Base.metadata.tables.get(f"{SCHEMA}.{table}")
    columns: list[str] = []
    for one in described.constraints if described is not None else ():
        if one.name == name and isinstance(one, sa.UniqueConstraint | sa.PrimaryKeyConstraint):
            columns = one.columns.keys()
    values = [str(given[key]) for key in columns if key in given] if isinstance(given, Mapping) else []
    return ", ".join(words.column(table, key) for key in columns) or name, ", ".join(values)
