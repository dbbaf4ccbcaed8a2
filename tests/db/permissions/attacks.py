"""What somebody of a post could try with a client of their own that the post may not do, made from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import psycopg

from tests.db.permissions.account_attacks import on_accounts
from tests.db.permissions.dealings import on_dealings
from tests.db.permissions.server_attacks import on_the_server
from tests.db.permissions.world import HIDDEN_FILE, STEP

Rights = Mapping[str, str]  # scope by permission

_HANG = "INSERT INTO app.attachment (table_name, record_id, sha256, file_name) VALUES"
_FOREIGN_ROWS = {"asset": "id = 1002", "staff": "id = 1000"}
_WITHIN = {"asset": ("code", "name", "department_id"), "staff": ("code", "name", "department_id")}


@dataclass(frozen=True, slots=True)
class Attempt:
    """Statements of which the last is the attack; it fails if it is refused or nothing comes of it."""

    group: str
    statements: tuple[str, ...]
    alone: bool = False  # outside of any transaction

    @property
    def said(self) -> str:
        """The attack itself."""
        return self.statements[-1]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the office as the catalogue and the permission matrix describe it."""

    name: str
    columns: tuple[str, ...]
    insertable: frozenset[str]
    updatable: frozenset[str]
    readable: str | None
    writable: str | None
    removable: str | None
    by_hand: bool


def tables(connection: psycopg.Connection[tuple[Any, ...]]) -> list[Table]:
    """Every table of the office."""
    found = connection.execute(
        "SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum),"
        " array_agg(has_column_privilege('logistics_user', c.oid, a.attnum, 'INSERT') ORDER BY a.attnum),"
        " array_agg(has_column_privilege('logistics_user', c.oid, a.attnum, 'UPDATE') ORDER BY a.attnum),"
        " p.readable, p.writable, p.removable, p.rule IS NOT NULL"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " JOIN app.protection p ON p.table_name = c.relname"
        " WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' GROUP BY c.relname, p.table_name ORDER BY 1"
    )
    return [
        Table(
            name,
            tuple(columns),
            frozenset(compress(columns, insertable)),
            frozenset(compress(columns, updatable)),
            *rest,
        )
        for name, columns, insertable, updatable, *rest in found
    ]


def functions(connection: psycopg.Connection[tuple[Any, ...]]) -> list[tuple[str, str, bool]]:
    """Every function of the office, its arguments without values, and whether users may call it."""
    return [
        (name, arguments, may)
        for name, arguments, may in connection.execute(
            "SELECT CASE prokind WHEN 'p' THEN 'CALL' ELSE 'SELECT' END || ' app.' || quote_ident(proname),"
            " concat_ws(', ', VARIADIC ARRAY(SELECT 'NULL::' || format_type(t, NULL) FROM unnest(proargtypes) t)),"
            " has_function_privilege('logistics_user', oid, 'EXECUTE')"
            " FROM pg_proc WHERE pronamespace = 'app'::regnamespace AND prokind IN ('f', 'p') ORDER BY proname, oid"
        )
    ]


def attempts(
    post: str, rights: Rights, known: Sequence[Table], calls: Sequence[tuple[str, str, bool]]
) -> Iterator[Attempt]:
    """Everything that a post may not do."""
    for table in known:
        yield from _reading(table, rights)
        yield from _writing(table, rights)
        yield from _shape(table)
    yield from _by_hand(rights)
    yield from _gone(rights)
    yield from _people(rights)
    yield from _functions(calls, rights)
    for group, statement in on_dealings(rights):
        yield Attempt(group, (statement,))
    for statement in on_accounts(rights):
        yield Attempt("take over accounts", (statement,))
    for name, statements, alone in on_the_server(post):
        yield Attempt(name, statements, alone)


def _forbidden(table: Table, needed: str | None, rights: Rights) -> str | None:
    """The rows that a permission does not reach, as a condition; None where it reaches all."""
    if needed is None or (needed != "*" and needed not in rights):
        return "true"
    if needed == "*" or rights[needed] == "all":
        return None
    return _FOREIGN_ROWS.get(table.name)


def _reading(table: Table, rights: Rights) -> Iterator[Attempt]:
    rows = None if table.by_hand else _forbidden(table, table.readable, rights)
    if rows is None:
        return
    group = f"read {table.name}"
    yield Attempt(group, (f"SELECT * FROM app.{table.name} WHERE {rows}",))
    yield Attempt(group, (f"SELECT count(*) FROM app.{table.name} WHERE {rows} HAVING count(*) > 0",))
    yield Attempt(group, ("SET LOCAL row_security = off", f"SELECT 1 FROM app.{table.name} WHERE {rows}"))
    yield Attempt(group, ("SET LOCAL search_path = pg_temp, app", f"SELECT 1 FROM {table.name} WHERE {rows}"))
    yield Attempt(group, (f"SELECT 1 FROM app.{table.name} WHERE {rows} FOR UPDATE",))
    yield Attempt(group, (f"COPY (SELECT 1 FROM app.{table.name} WHERE {rows}) TO STDOUT",))
    seen = f"DO $$ BEGIN IF EXISTS (SELECT FROM app.{table.name} WHERE {rows}) THEN RAISE 'seen'; END IF; END $$"
    yield Attempt(group, (seen,))
    yield Attempt(group, (f"SELECT 1 FROM pg_stats WHERE schemaname = 'app' AND tablename = '{table.name}'",))
    for column in table.columns:
        # A division by zero would tell about hidden rows what no list does.
        told = f"1 / (CASE WHEN {column}::text <> '' THEN 0 ELSE 1 END) = 1"
        yield Attempt(f"{group} by its errors", (f"SELECT 1 FROM app.{table.name} WHERE {rows} AND {told}",))


def _writing(table: Table, rights: Rights) -> Iterator[Attempt]:
    name = table.name
    rows = "true" if table.by_hand else _forbidden(table, table.writable, rights)
    for column in table.columns:
        if column not in table.insertable:
            yield Attempt(f"insert {name}, columns of its own", (f"INSERT INTO app.{name} ({column}) VALUES (NULL)",))
        if column not in table.updatable:
            yield Attempt(f"change {name}, columns of its own", (f"UPDATE app.{name} SET {column} = NULL",))
        elif rows is not None and not table.by_hand:
            yield Attempt(f"change {name}", (f"UPDATE app.{name} SET {column} = {column} WHERE {rows}",))
    if table.by_hand:
        return
    if rows == "true":
        yield Attempt(f"insert {name}", (f"INSERT INTO app.{name} DEFAULT VALUES",))
    elif rows is not None and name in _WITHIN:
        columns = ", ".join(_WITHIN[name])
        yield Attempt(f"insert {name}", (f"INSERT INTO app.{name} ({columns}) VALUES ('NEW', 'New', 3)",))
        yield Attempt(f"insert {name}", (f"INSERT INTO app.{name} ({columns}) VALUES ('NEW', 'New', NULL)",))
        away = f"UPDATE app.{name} SET department_id = 3 WHERE department_id = 1"
        yield Attempt(f"change {name}", (away,))
    gone = _forbidden(table, table.removable, rights)
    if gone is not None:
        yield Attempt(f"delete {name}", (f"DELETE FROM app.{name} WHERE {gone}",))


def _shape(table: Table) -> Iterator[Attempt]:
    name = f"app.{table.name}"
    for statement in (
        f"TRUNCATE {name} CASCADE",
        f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} DISABLE TRIGGER ALL",
        f"ALTER TABLE {name} OWNER TO CURRENT_USER",
        f"CREATE POLICY mine ON {name} USING (true)",
        f"CREATE RULE mine AS ON SELECT TO {name} DO INSTEAD SELECT 1",
        f"DROP TABLE {name} CASCADE",
    ):
        yield Attempt("shape of tables", (statement,))
    # Without the right to pass rights on there is a warning only.
    granted = f"SELECT 1 WHERE has_table_privilege('{name}', 'TRUNCATE')"
    yield Attempt("shape of tables", (f"GRANT ALL ON {name} TO CURRENT_USER", granted))
    if not table.removable and not table.by_hand:
        # Whoever may delete from a table may lock it, by PostgreSQL's own rule.
        yield Attempt("shape of tables", (f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE",))


def _by_hand(rights: Rights) -> Iterator[Attempt]:
    """What the policies written by hand forbid."""
    manages = "posts.manage" in rights
    who = "post = 'administrator'" if manages else "true"
    if not manages:
        yield Attempt("raise one's rights", ("INSERT INTO app.post (key, name) VALUES ('mine', 'Mine')",))
    post = "administrator" if manages else "clerk"
    for statement in (
        f"INSERT INTO app.post_permission VALUES ('{post}', 'audit.read', 'own') ON CONFLICT DO NOTHING"
        if manages
        else "INSERT INTO app.post_permission VALUES ('clerk', 'users.manage', 'all')",
        f"UPDATE app.post_permission SET scope = 'all' WHERE {who}",
        f"DELETE FROM app.post_permission WHERE {who}",
        "INSERT INTO app.account_post SELECT session_user, 'administrator'",
        "INSERT INTO app.account_post SELECT session_user, 'temp'",
        "UPDATE app.account_post SET post = 'administrator'",
        "DELETE FROM app.account_post WHERE login = 'somebody'",
        "INSERT INTO app.account (login) VALUES ('friend')",
        "UPDATE app.account SET staff_id = 1000",
        "UPDATE app.account SET active = true, must_change_password = false",
        "DELETE FROM app.account",
        "DELETE FROM app.post WHERE builtin",
        "INSERT INTO app.protection (table_name) VALUES ('mine')",
        "DELETE FROM app.protection",
        "DELETE FROM app.permission",
    ):
        yield Attempt("raise one's rights", (statement,))
    if "users.manage" not in rights:
        yield Attempt("see the accounts of others", ("SELECT * FROM app.account WHERE login <> session_user",))
        yield Attempt("see the accounts of others", ("SELECT * FROM app.account_post WHERE login <> session_user",))
    if not {"import", "audit.read"} & set(rights):
        yield Attempt("see imports", ("SELECT * FROM app.import_batch",))
    if "import" not in rights:
        yield Attempt("see imports", ("UPDATE app.import_batch SET undone_by = 'me'",))
    for statement in (
        "SELECT * FROM app.view WHERE id = 1003",
        "UPDATE app.view SET shared_with = '*' WHERE id = 1003",
        "DELETE FROM app.view WHERE id = 1003",
        "SELECT * FROM app.view_choice WHERE login = 'somebody'",
        "DELETE FROM app.view_choice WHERE login = 'somebody'",
        "UPDATE app.view_choice SET view_id = 1003",
    ):
        yield Attempt("views of others", (statement,))
    yield from _files(rights)
    yield from _history(rights)


def _files(rights: Rights) -> Iterator[Attempt]:
    if rights.get("assets.read") != "all":
        for table in ("attachment", "content", "content_chunk"):
            yield Attempt("files of other departments", (f"SELECT * FROM app.{table}",))
    if rights.get("assets.write") != "all":
        for statement in (
            "DELETE FROM app.attachment",
            "UPDATE app.attachment SET file_name = 'x'",
            f"{_HANG} ('asset', 1002, '{HIDDEN_FILE}', 'x')",
        ):
            yield Attempt("files of other departments", (statement,))
    for statement in (
        f"DELETE FROM app.content WHERE sha256 = '{HIDDEN_FILE}'",
        f"DELETE FROM app.content_chunk WHERE sha256 = '{HIDDEN_FILE}'",
        f"INSERT INTO app.content_chunk VALUES ('{HIDDEN_FILE}', 1, 'more')",
        f"{_HANG} ('account', 1, '{HIDDEN_FILE}', 'x')",
        f"{_HANG} ('asset', 9, '{HIDDEN_FILE}', 'x')",
    ):
        yield Attempt("files of other departments", (statement,))


def _history(rights: Rights) -> Iterator[Attempt]:
    if "audit.read" not in rights:
        if rights.get("assets.read") != "all":
            yield Attempt("read the history", ("SELECT * FROM app.change WHERE record_id = 1002",))
        yield Attempt(
            "read the history", ("SELECT * FROM app.change WHERE table_name = 'account' AND who <> session_user",)
        )
        yield Attempt("read the history", ("SELECT * FROM app.event WHERE who <> session_user",))
        yield Attempt("read the history", ("SELECT * FROM app.seal",))
    for statement in (
        "INSERT INTO app.change (table_name, record_id, action) VALUES ('asset', 1, 'I')",
        "UPDATE app.change SET who = 'boss'",
        "DELETE FROM app.change",
        "DELETE FROM app.change WHERE who = session_user",
        "ALTER TABLE app.change DISABLE TRIGGER append_only",
        "INSERT INTO app.event (kind, transaction) VALUES ('signed_in', 1)",
        "UPDATE app.event SET who = 'boss'",
        "DELETE FROM app.event WHERE who = session_user",
        "INSERT INTO app.seal (number, hash) VALUES (9, '')",
        "UPDATE app.seal SET hash = ''",
        "DELETE FROM app.seal",
        "UPDATE app.log_shift SET shift = 0",
        "SET LOCAL session_replication_role = replica",
    ):
        yield Attempt("write the history", (statement,))


def _gone(rights: Rights) -> Iterator[Attempt]:
    """What was deleted where one did not see it, and who took what back."""
    for statement in (
        "UPDATE app.operation SET undone_by = 'boss'",
        "UPDATE app.import_batch SET undone_by = 'boss'",
    ):
        yield Attempt("sign for another", (statement,))
    if "approvals.read_all" not in rights:
        read = "SELECT 1 FROM app.approval_copy WHERE read_at IS NOT NULL"
        yield Attempt("sign for another", ("SELECT app.approval_read(1)", read))
    if "documents.write" not in rights:
        yield Attempt("sign for another", ("SELECT * FROM app.document_available('', 10)",))
    if rights.get("staff.write") != "all":
        back = (
            "SELECT 1 FROM app.change WHERE table_name = 'staff' AND transaction = pg_current_xact_id()::text::bigint"
        )
        yield Attempt("sign for another", (f"SELECT app.return_private('{STEP}')", back))
    if rights.get("assets.read") != "all":
        yield Attempt("take the number of what is gone", ("SELECT * FROM app.operation",))
        yield Attempt("sign for another", ("UPDATE app.operation SET undone_at = now()",))
        again = "INSERT INTO app.asset (id, code, name, department_id) VALUES (1010, 'MINE', 'Mine', 1)"
        told = "SELECT * FROM app.change WHERE table_name = 'asset' AND record_id = 1010"
        yield Attempt("take the number of what is gone", (again,))
        yield Attempt("take the number of what is gone", (told,))


def _people(rights: Rights) -> Iterator[Attempt]:
    """Phones and identity numbers, and one's own department."""
    if "users.manage" not in rights:
        yield Attempt(
            "move oneself to another department",
            ("UPDATE app.staff SET department_id = 3 WHERE login = session_user",),
        )
    if rights.get("staff.sensitive") != "all":
        for statement in (
            "SELECT * FROM app.staff_private WHERE id = 1000",
            "SELECT * FROM app.staff WHERE id = 1000 AND (phone !~ '[*]' OR id_number !~ '[*]')",
            "SELECT * FROM app.staff WHERE search LIKE '%1391234%'",
            "SELECT app.found('staff', ARRAY['%1391234%'], ARRAY['{}'], '{}')",
            "SELECT * FROM app.change WHERE table_name = 'staff_private' AND after ->> 'phone' !~ '[*]'",
            "SELECT * FROM app.past_private",
            "SELECT * FROM app.change WHERE coalesce(after, before)::text ~ '1391234'",
            "SELECT s FROM app.staff s WHERE s::text ~ '1391234'",
        ):
            yield Attempt("phones and identity numbers", (statement,))


def _functions(calls: Sequence[tuple[str, str, bool]], rights: Rights) -> Iterator[Attempt]:
    for call, arguments, may in calls:
        if not may:
            yield Attempt("call what is not for users", (f"{call}({arguments})",))
    for statement in (
        # What the auditor could not read.
        "SELECT app.note_event('exported', NULL, '5')",
        "SELECT app.note_event('exported', NULL, '[1]')",
        "SELECT app.note_event('{x} 0', NULL, '{}')",
        "SELECT app.found('account', ARRAY['%'], ARRAY['{}'], '{}')",
        "SELECT app.found('asset WHERE true --', ARRAY['%'], ARRAY['{}'], '{}')",
        "SELECT app.found('asset', ARRAY['%''; DROP TABLE app.asset; --'], ARRAY['{}'], '{}')",
        "SELECT app.found('asset', ARRAY['%'], ARRAY['{}'') OR true --'], '{}')",
        "SELECT app.found('asset', ARRAY['zz'], ARRAY['{}'], '{\"id\": \"account\"}')",
        "SELECT app.found('asset', ARRAY['zz'], ARRAY['{}'], '{\"id) OR (true\": \"staff\"}')",
        "SELECT app.found('../pg_authid', ARRAY['%'], ARRAY['{}'], '{}')",
        "SELECT 1 WHERE app.sees('account', 1)",
        "SELECT 1 WHERE app.sees('asset WHERE true; --', 1)",
        "SELECT 1 WHERE app.may_change('account', 1)",
        "SELECT 1 WHERE app.may_change('asset\" --', 1)",
        "SELECT app.codes_in_use('account', 'login', ARRAY['somebody'])",
        "SELECT app.codes_in_use('asset WHERE true --', 'code', ARRAY['x'])",
        "SELECT 1 WHERE app.greatest_serial('account', 'login', '', '') IS NOT NULL",
        "SELECT app.codes_in_use('asset', 'note', ARRAY['x'])",
        "SELECT app.codes_in_use('staff_private', 'phone', ARRAY['13912345678'])",
        "SELECT 1 WHERE app.greatest_serial('asset', 'original_value', '', '') IS NOT NULL",
        "SELECT 1 WHERE app.is_with_others('account', 1)",
        "SELECT 1 WHERE app.is_with_others('asset WHERE true --', 1)",
        "SELECT 1 WHERE app.is_with_others('asset', 9)",
        "SELECT 1 WHERE app.may('everything')",
        "SELECT 1 WHERE app.may('*')",
        "SELECT 1 WHERE app.may(NULL)",
        "SELECT 1 WHERE cardinality(app.reach('everything')) > 0",
    ):
        yield Attempt("functions with crafted arguments", (statement,))
    if rights.get("assets.read") != "all":
        for statement in (
            "SELECT app.found('asset', ARRAY['%safe%'], ARRAY['{}'], '{}')",
            "SELECT app.found('asset', ARRAY['zz'], ARRAY['{}'], '{\"id\": \"staff\"}')",
            # An error where a row fits, and none where no row does, would tell of rows that one does not see.
            "SELECT app.found('asset', ARRAY['%safe/'], ARRAY['{}'], '{}')",
            "SELECT app.found('asset', ARRAY['%no such thing/'], ARRAY['{}'], '{}')",
            "SELECT 1 WHERE app.sees('asset', 1002)",
        ):
            yield Attempt("functions with crafted arguments", (statement,))
    if rights.get("assets.write") != "all":
        yield Attempt("functions with crafted arguments", ("SELECT 1 WHERE app.may_change('asset', 1002)",))
