"""Rules that every database of the office keeps; each is a question whose answer names what breaks it."""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, str] = {
    "every table is under row level security and in the permission matrix": """
        SELECT relname::text FROM pg_class c
        WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p')
          AND (NOT relrowsecurity OR NOT EXISTS (SELECT FROM app.protection p WHERE p.table_name = c.relname))""",
    "the permission matrix speaks of tables and permissions that there are": """
        SELECT table_name::text FROM app.protection p
        WHERE to_regclass('app.' || quote_ident(table_name)) IS NULL
           OR EXISTS (SELECT FROM unnest(ARRAY[readable, writable, removable]) needed
                      WHERE needed <> '*' AND NOT EXISTS (SELECT FROM app.permission WHERE key = needed))""",
    "a table with rights to write has policies for them": """
        SELECT DISTINCT c.relname || ' ' || command FROM pg_class c,
            (VALUES ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) commands (command, letter)
        WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'
          AND CASE WHEN command = 'DELETE' THEN has_table_privilege('logistics_user', c.oid, command)
                   ELSE has_any_column_privilege('logistics_user', c.oid, command) END
          AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polcmd IN (letter, '*'))""",
    "users have rights by column, never to a whole table, but to delete and read": """
        SELECT relname || ' ' || command FROM pg_class c,
            unnest(ARRAY['INSERT', 'UPDATE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) command
        WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'v', 'm')
          AND has_table_privilege('logistics_user', c.oid, command)""",
    "no function runs with the owner's rights where users could hide names": """
        SELECT proname::text FROM pg_proc
        WHERE pronamespace = 'app'::regnamespace AND proconfig IS DISTINCT FROM '{"search_path=app, pg_temp"}'""",
    "what touches the roles of the server is fixed in its names and called by the owner alone": """
        SELECT proname::text FROM pg_proc p
        WHERE pronamespace = 'roles'::regnamespace
          AND (proconfig IS DISTINCT FROM '{"search_path=pg_catalog, pg_temp"}'
               OR EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) a
                          WHERE a.grantee NOT IN (proowner, 'logistics_owner'::regrole)))""",
    "of what is kept in private the planner has no samples": """
        SELECT attrelid::regclass || '.' || attname FROM pg_attribute
        WHERE attrelid IN ('app.staff_private'::regclass, 'app.past_private'::regclass)
          AND atttypid = 'varchar'::regtype AND attstattarget IS DISTINCT FROM 0""",
    "nothing may be executed by everybody": """
        SELECT proname::text FROM pg_proc
        WHERE pronamespace = 'app'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')""",
    "what makes policies may be called by nobody": """
        SELECT proname::text FROM pg_proc
        WHERE pronamespace = 'app'::regnamespace AND prokind = 'p'
          AND has_function_privilege('logistics_user', oid, 'EXECUTE')""",
    "views ask with the rights of whoever looks": """
        SELECT relname::text FROM pg_class
        WHERE relnamespace = 'app'::regnamespace AND relkind IN ('v', 'm')
          AND (relkind = 'm' OR NOT coalesce(reloptions @> '{security_invoker=true}', false))""",
    "no policy asks a function for each row": r"""
        SELECT c.relname || ' ' || polname FROM pg_policy p JOIN pg_class c ON c.oid = polrelid,
            unnest(ARRAY[pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)]) said
        WHERE said ~ '(?<!SELECT )\mapp\.\w+\('""",
    "policies speak to users only": """
        SELECT c.relname || ' ' || polname FROM pg_policy p JOIN pg_class c ON c.oid = polrelid
        WHERE polroles <> ARRAY['logistics_user'::regrole::oid]""",
    "the columns by which policies choose rows are indexed": """
        SELECT DISTINCT c.relname || '.' || a.attname
        FROM app.protection p JOIN pg_class c ON c.oid = to_regclass('app.' || quote_ident(p.table_name))
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN (p.department, p.owner)
        WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indkey[0] = a.attnum)""",
    "large objects are nobody's": """
        SELECT DISTINCT proname::text FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace AND (proname LIKE 'lo\\_%' OR proname IN ('loread', 'lowrite'))
          AND has_function_privilege('public', oid, 'EXECUTE')""",
    "users make nothing of their own": """
        SELECT said FROM (VALUES
            ('temporary tables', has_database_privilege('logistics_user', current_database(), 'TEMPORARY')),
            ('schemas', has_database_privilege('logistics_user', current_database(), 'CREATE')),
            ('tables in app', has_schema_privilege('logistics_user', 'app', 'CREATE')),
            ('tables in public', has_schema_privilege('logistics_user', 'public', 'CREATE')),
            ('anybody connects', has_database_privilege('public', current_database(), 'CONNECT'))) rights (said, may)
        WHERE may""",
    "the owner signs in nowhere and users are nothing more": """
        SELECT rolname::text FROM pg_roles
        WHERE rolname IN ('logistics_owner', 'logistics_user')
          AND (rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)
        UNION SELECT 'logistics_user is in ' || roleid::regrole FROM pg_auth_members
        WHERE member = 'logistics_user'::regrole""",
}
