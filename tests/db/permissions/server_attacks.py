"""What nobody may do with the server, whatever the post."""

from __future__ import annotations

from collections.abc import Iterator

_BECOMING = (
    "SET LOCAL ROLE logistics_owner",
    "SET LOCAL ROLE postgres",
    "SET LOCAL SESSION AUTHORIZATION postgres",
    "SET LOCAL SESSION AUTHORIZATION post_administrator_",
    "GRANT logistics_owner TO CURRENT_USER",
    "GRANT pg_read_all_data TO CURRENT_USER",
    "CREATE ROLE friend LOGIN",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "ALTER ROLE CURRENT_USER CREATEROLE",
    "ALTER ROLE CURRENT_USER VALID UNTIL 'infinity'",
    "ALTER ROLE office_clerk PASSWORD 'mine'",
    "ALTER ROLE office_clerk SET search_path = mine",
    "ALTER ROLE logistics_owner LOGIN PASSWORD 'mine'",
    "DROP ROLE office_clerk",
)
_VERIFIERS = (
    "SELECT rolpassword FROM pg_authid",
    "SELECT passwd FROM pg_shadow",
    "SELECT rolpassword FROM pg_roles WHERE rolpassword <> '********'",
    "SELECT 1 FROM pg_user WHERE passwd <> '********'",
    "SELECT query FROM pg_stat_activity WHERE usename <> session_user AND query NOT LIKE '<%' AND query <> ''",
    "SELECT * FROM pg_hba_file_rules",
)
_MAKING = (
    "CREATE TEMP TABLE mine (id int)",
    "CREATE TEMP VIEW mine AS SELECT 1",
    "CREATE SCHEMA mine",
    "CREATE TABLE app.mine (id int)",
    "CREATE TABLE public.mine (id int)",
    "CREATE FUNCTION app.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION app.is_user() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "CREATE OPERATOR public.+ (LEFTARG = text, RIGHTARG = text, FUNCTION = textcat)",
    "CREATE AGGREGATE public.mine (int) (SFUNC = int4pl, STYPE = int)",
    "CREATE EXTENSION dblink",
    "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION app.touch()",
    "CREATE PUBLICATION mine FOR ALL TABLES",
    "ALTER FUNCTION app.may(text) OWNER TO CURRENT_USER",
    "ALTER FUNCTION app.may(text) LEAKPROOF",
    "ALTER SCHEMA app OWNER TO CURRENT_USER",
    "COMMENT ON SCHEMA app IS 'of another program'",
    "ALTER DEFAULT PRIVILEGES FOR ROLE logistics_owner GRANT ALL ON TABLES TO PUBLIC",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
)
_FILES = (
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_read_binary_file('PG_VERSION')",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_ls_logdir()",
    "SELECT lo_import('/etc/passwd')",
    "COPY app.asset TO '/tmp/assets'",
    "COPY (SELECT 1) TO PROGRAM 'id'",
    "COPY app.supplier FROM PROGRAM 'id'",
    "LOAD 'auto_explain'",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' LIMIT 1",
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' LIMIT 1",
    "SELECT pg_rotate_logfile()",
    "SELECT pg_reload_conf()",
    "SELECT pg_switch_wal()",
    "SELECT pg_create_logical_replication_slot('mine', 'test_decoding')",
    "SET LOCAL log_statement = 'none'",
    "SET LOCAL session_replication_role = replica",
    "SET LOCAL session_preload_libraries = 'x'",
    "SET LOCAL allow_system_table_mods = on",
    "UPDATE pg_class SET relrowsecurity = false",
    "DELETE FROM pg_policy",
    "UPDATE pg_authid SET rolsuper = true",
    "CHECKPOINT",
)
_ALONE = (
    "ALTER SYSTEM SET log_statement = 'none'",
    "CREATE DATABASE mine",
    "DROP DATABASE postgres",
    "CREATE TABLESPACE mine LOCATION '/tmp'",
    "ALTER DATABASE postgres SET search_path = mine",
)


def on_the_server(post: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Group, statements, and whether they run outside of any transaction."""
    for statement in _BECOMING:
        if post != "administrator" or "post_administrator_" not in statement:
            yield "become somebody else", (statement.replace("administrator_", "administrator"),), False
    for group, statements in (
        ("read passwords and what others do", _VERIFIERS),
        ("make something that deceives others", _MAKING),
        ("the server's files and settings", _FILES),
    ):
        for statement in statements:
            yield group, (statement,), False
    for statement in _ALONE:
        yield "the server's files and settings", (statement,), True
    # A name of one's own in front of the office's must not be taken for it.
    for path in ("pg_temp, app", "public, app", "mine, app"):
        yield (
            "deceive by the search path",
            (f"SET LOCAL search_path = {path}", "CREATE TABLE account (login text, active boolean)"),
            False,
        )
        yield (
            "deceive by the search path",
            (f"SET LOCAL search_path = {path}", "SELECT 1 WHERE app.may('nothing')"),
            False,
        )
