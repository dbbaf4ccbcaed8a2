-- How a part of the program says what its tables need: in its own file, after its own grants, for instance
--   CALL app.offer('trips.write', true, '{"dispatcher": "all", "clerk": "own"}');
--   CALL app.protect('trip', 'trips.read', 'trips.write', 'trips.delete', department => 'department_id', own => 'asked_by');

-- Offer a permission. Posts get it as `posts` says ({post: scope}) when it is new; after that the office decides. The
-- administrator always has every permission.
CREATE OR REPLACE PROCEDURE app.offer(permission text, scoped boolean, posts jsonb DEFAULT '{}')
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    INSERT INTO app.permission VALUES (permission, scoped) ON CONFLICT (key) DO NOTHING;
    IF FOUND THEN
        INSERT INTO app.post_permission (post, permission, scope)
        SELECT p.key, permission, p.value FROM jsonb_each_text(posts) p JOIN app.post ON post.key = p.key
        WHERE p.key <> 'administrator';
    END IF;
    INSERT INTO app.post_permission (post, permission, scope) VALUES ('administrator', permission, 'all')
    ON CONFLICT DO NOTHING;
END $$;

-- The condition under which a permission reaches a row: one part for each scope, the cheapest first.
CREATE OR REPLACE FUNCTION app.reaching(permission text, department text, own text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = app, pg_temp AS $$
    SELECT CASE
        WHEN permission IS NULL THEN 'false'
        WHEN permission = '*' THEN '(SELECT app.is_user())'
        WHEN department IS NULL AND own IS NULL THEN format('(SELECT app.may(%L))', permission)
        ELSE concat_ws(' OR ', format('(SELECT app.reaches_all(%L))', permission),
             CASE WHEN department IS NOT NULL
                  THEN format('%I = ANY ((SELECT app.reach(%L))::bigint[])', department, permission) END,
             CASE WHEN own IS NOT NULL THEN format('%I = (SELECT app.own(%L))', own, permission) END)
    END
$$;

CREATE OR REPLACE PROCEDURE app.forget_policies(what text)
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    policy name;
BEGIN
    FOR policy IN SELECT polname FROM pg_policy WHERE polrelid = format('app.%I', what)::regclass LOOP
        EXECUTE format('DROP POLICY %I ON app.%I', policy, what);
    END LOOP;
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY', what);
END $$;

-- Make the policies of a table: which permission reading, writing and deleting need. `*` is everybody with an account,
-- NULL nobody. Where a permission does not reach all, rows are reached by the columns `department` and `own` (a person).
CREATE OR REPLACE PROCEDURE app.protect(what text, readable text, writable text DEFAULT NULL, removable text DEFAULT NULL,
                                        department text DEFAULT NULL, own text DEFAULT NULL)
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    write CONSTANT text := app.reaching(writable, department, own);
BEGIN
    CALL app.forget_policies(what);
    EXECUTE format('CREATE POLICY read ON app.%I FOR SELECT TO logistics_user USING (%s)', what,
                   app.reaching(readable, department, own));
    IF writable IS NOT NULL THEN
        EXECUTE format('CREATE POLICY added ON app.%I FOR INSERT TO logistics_user WITH CHECK (%s)', what, write);
        EXECUTE format('CREATE POLICY changed ON app.%I FOR UPDATE TO logistics_user USING (%s) WITH CHECK (%s)', what,
                       write, write);
    END IF;
    IF removable IS NOT NULL THEN
        EXECUTE format('CREATE POLICY removed ON app.%I FOR DELETE TO logistics_user USING (%s)', what,
                       app.reaching(removable, department, own));
    END IF;
    INSERT INTO app.protection VALUES (what, readable, writable, removable, department, own, NULL)
    ON CONFLICT (table_name) DO UPDATE SET readable = excluded.readable, writable = excluded.writable,
        removable = excluded.removable, department = excluded.department, owner = excluded.owner, rule = NULL;
END $$;

-- Say what the policies of a table do that follow by hand; those that were there are gone.
CREATE OR REPLACE PROCEDURE app.protect_by_hand(what text, said text)
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    CALL app.forget_policies(what);
    INSERT INTO app.protection (table_name, rule) VALUES (what, said)
    ON CONFLICT (table_name) DO UPDATE SET readable = NULL, writable = NULL, removable = NULL, department = NULL,
        owner = NULL, rule = excluded.rule;
END $$;
