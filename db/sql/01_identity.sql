-- Who is signed in, and what that account may do. The login is the identity: nothing that a client can set is asked.
-- In PL/pgSQL, because a session keeps its plans: every policy of every statement asks here, once.

CREATE OR REPLACE FUNCTION app.scope_of(asked text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN  -- how far the permission reaches for the account, or NULL
    RETURN (SELECT pp.scope
            FROM app.account a JOIN app.account_post ap ON ap.login = a.login
                               JOIN app.post_permission pp ON pp.post = ap.post
            WHERE a.login = session_user::text AND a.active AND pp.permission = asked
            ORDER BY array_position('{all,below,department,own}'::text[], pp.scope::text) LIMIT 1);
END $$;

CREATE OR REPLACE FUNCTION app.may(permission text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp
AS $$ SELECT app.scope_of(permission) IS NOT NULL $$;

CREATE OR REPLACE FUNCTION app.reaches_all(permission text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp
AS $$ SELECT app.scope_of(permission) IS NOT DISTINCT FROM 'all' $$;

-- For functions that work with the owner's rights: go on only for those who have the permission, for everything.
CREATE OR REPLACE FUNCTION app.demand(permission text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF NOT app.reaches_all(permission)
       AND NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user) THEN
        RAISE EXCEPTION 'permission % is needed', permission USING ERRCODE = '42501';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION app.is_user() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM app.account WHERE login = session_user::text AND active);
END $$;

CREATE OR REPLACE FUNCTION app.my_staff() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT staff_id FROM app.account WHERE login = session_user::text AND active);
END $$;

CREATE OR REPLACE FUNCTION app.my_department() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT s.department_id FROM app.account a JOIN app.staff s ON s.id = a.staff_id
            WHERE a.login = session_user::text AND a.active);
END $$;

-- The departments that a permission reaches where it does not reach all; policies ask for "all" beside it.
CREATE OR REPLACE FUNCTION app.reach(permission text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    scope CONSTANT text := app.scope_of(permission);
    mine CONSTANT bigint := app.my_department();
BEGIN
    IF mine IS NULL OR scope IS NULL OR scope NOT IN ('department', 'below') THEN
        RETURN '{}';
    ELSIF scope = 'department' THEN
        RETURN ARRAY[mine];
    END IF;
    RETURN ARRAY(WITH RECURSIVE below (id) AS (
                     SELECT mine UNION SELECT d.id FROM app.department d JOIN below b ON d.parent_id = b.id)
                 SELECT id FROM below);
END $$;

-- Oneself, where a permission reaches at least one's own rows.
CREATE OR REPLACE FUNCTION app.own(permission text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN CASE WHEN app.scope_of(permission) IS NOT NULL THEN app.my_staff() END;
END $$;

GRANT EXECUTE ON FUNCTION app.scope_of(text), app.may(text), app.reaches_all(text), app.is_user(), app.my_staff(),
    app.my_department(), app.reach(text), app.own(text) TO logistics_user;
