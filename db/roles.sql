-- Making and locking the accounts of people without being a superuser. logistics_accounts alone may make roles, nobody
-- signs in as it, and only logistics_owner may call what it does: whether somebody may have that done is decided in
-- db/sql/users.sql. Applied by whoever sets the database up, as logistics_accounts.

-- Accounts of ours: people in logistics_user who are nothing else. No other role of the server is ever touched, which on
-- PostgreSQL 15, where CREATEROLE reaches nearly everybody, is this function's doing alone.
CREATE OR REPLACE FUNCTION roles.is_ours(login text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM pg_roles r
        WHERE r.rolname = login AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
          AND EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid AND m.roleid = 'logistics_user'::regrole)
          AND NOT EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid AND m.roleid <> 'logistics_user'::regrole))
$$;

CREATE OR REPLACE FUNCTION roles.refuse_others(login text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT roles.is_ours(login) THEN
        RAISE EXCEPTION 'no account of this program: %', login USING ERRCODE = 'P0423';
    END IF;
END $$;

-- A password in clear would stand in the server's log, so only what proves it is taken.
CREATE OR REPLACE FUNCTION roles.refuse_clear(verifier text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF verifier IS NULL OR verifier !~ '^SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/]{16,}={0,2}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$'
       OR substring(verifier FROM '\$([0-9]+):')::int < 4096 THEN
        RAISE EXCEPTION 'not a SCRAM verifier' USING ERRCODE = 'P0424';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION roles.make(login text, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF login IS NULL OR login !~ '^[a-z_][a-z0-9_]{1,62}$' OR login ~ '^(pg_|logistics_|postgres$|public$|none$)' THEN
        RAISE EXCEPTION 'not a login: %', login USING ERRCODE = 'P0422';
    END IF;
    PERFORM roles.refuse_clear(verifier);
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
        RAISE EXCEPTION 'there is a role %', login USING ERRCODE = 'P0421';
    END IF;
    -- logistics_accounts is a member so that it may end the sessions of the account.
    EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 40 PASSWORD %L IN ROLE logistics_user ROLE logistics_accounts',
                   login, verifier);
END $$;

CREATE OR REPLACE FUNCTION roles.set_password(login text, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM roles.refuse_others(login), roles.refuse_clear(verifier);
    EXECUTE format('ALTER ROLE %I PASSWORD %L', login, verifier);
END $$;

CREATE OR REPLACE FUNCTION roles.admit(login text, admitted boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM roles.refuse_others(login);
    EXECUTE format('ALTER ROLE %I %s', login, CASE WHEN admitted THEN 'LOGIN' ELSE 'NOLOGIN' END);
END $$;

-- A role that may not sign in any more keeps the sessions that it has.
CREATE OR REPLACE FUNCTION roles.end_sessions(login text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM roles.refuse_others(login);
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = login AND pid <> pg_backend_pid();
END $$;

-- Whether wrong passwords can be read from the log: it is written as JSON, and a superuser said that we may.
CREATE OR REPLACE FUNCTION roles.reads_log() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN has_function_privilege('pg_read_binary_file(text, bigint, bigint, boolean)', 'EXECUTE')
       AND has_function_privilege('pg_stat_file(text, boolean)', 'EXECUTE')
       AND has_function_privilege('pg_current_logfile(text)', 'EXECUTE') AND pg_current_logfile('jsonlog') IS NOT NULL;
END $$;

-- The wrong passwords in the last megabytes of the log. Found by their form and not parsed: the log may hold bytes of any
-- encoding, and what a stranger put into a name has its quotes escaped.
CREATE OR REPLACE FUNCTION roles.failed_sign_ins() RETURNS TABLE (login text, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    file CONSTANT text := pg_current_logfile('jsonlog');
    size CONSTANT bigint := (pg_stat_file(file, true)).size;
BEGIN
    RETURN QUERY
    SELECT parts[2], parts[1]::timestamp AT TIME ZONE current_setting('log_timezone')  -- its abbreviations are ambiguous
    FROM regexp_matches(
        encode(pg_read_binary_file(file, greatest(size - 4194304, 0), 4194304, true), 'escape'),
        '^\{"timestamp":"([0-9-]+ [0-9:.]+) [^"]*","user":"([a-z0-9_]+)",[^\n]*,"error_severity":"FATAL","state_code":"28P01",',
        'gn') AS line (parts);
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA roles FROM PUBLIC;
GRANT USAGE ON SCHEMA roles TO logistics_owner;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA roles TO logistics_owner;
