-- Accounts: who may change them, and that whoever is shut out is out. What these functions do to the roles of the server
-- is done by those of the schema roles, which nobody else may call. Each checks the right of who is signed in by itself.

-- One after the other, and never on oneself: so nobody raises oneself, and whoever asks is left as an administrator.
CREATE OR REPLACE FUNCTION app.refuse_unless_manager_of(other text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    -- A lock that users cannot take themselves, else one of them could keep everybody from shutting them out.
    LOCK TABLE app.account_post IN SHARE ROW EXCLUSIVE MODE;
    PERFORM FROM app.account WHERE login = session_user::text FOR UPDATE;
    IF NOT app.may('users.manage') THEN
        RAISE EXCEPTION 'only who manages users' USING ERRCODE = '42501';
    ELSIF other = session_user::text THEN
        RAISE EXCEPTION 'nobody manages the own account' USING ERRCODE = 'P0425';
    END IF;
END $$;

-- Without a verifier the login has to be an account of the server already, which keeps its password.
CREATE OR REPLACE FUNCTION app.user_create(new_login text, person bigint, posts text[], verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.refuse_unless_manager_of(new_login);
    IF verifier IS NULL THEN
        PERFORM roles.refuse_others(new_login);
    ELSE
        PERFORM roles.make(new_login, verifier);
    END IF;
    INSERT INTO app.account (login, staff_id, must_change_password, password_changed_at)
    VALUES (new_login, person, verifier IS NOT NULL, CASE WHEN verifier IS NOT NULL THEN now() END);
    INSERT INTO app.account_post (login, post) SELECT DISTINCT new_login, p FROM unnest(posts) p;
END $$;

CREATE OR REPLACE FUNCTION app.refuse_unknown(other text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM app.account WHERE login = other) THEN
        RAISE EXCEPTION 'no account %', other USING ERRCODE = 'P0423';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION app.user_set_posts(other text, posts text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.refuse_unless_manager_of(other), app.refuse_unknown(other);
    DELETE FROM app.account_post WHERE login = other AND post <> ALL (posts);
    INSERT INTO app.account_post (login, post) SELECT DISTINCT other, p FROM unnest(posts) p ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION app.user_set_person(other text, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.refuse_unless_manager_of(other), app.refuse_unknown(other);
    UPDATE app.account SET staff_id = person WHERE login = other;
END $$;

-- Three things, since each alone is not enough: no new sessions, none of the old ones, and no rights if one were left. The
-- sessions go first as well: a transaction of theirs may hold the row of their own account.
CREATE OR REPLACE FUNCTION app.user_disable(other text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.refuse_unless_manager_of(other), app.refuse_unknown(other);
    PERFORM roles.end_sessions(other);
    UPDATE app.account SET active = false, locked_until = NULL WHERE login = other;
    PERFORM roles.admit(other, false), roles.end_sessions(other);
END $$;

CREATE OR REPLACE FUNCTION app.user_enable(other text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.refuse_unless_manager_of(other), app.refuse_unknown(other);
    UPDATE app.account SET active = true, locked_until = NULL, unlocked_at = now() WHERE login = other;
    PERFORM roles.admit(other, true);
END $$;

CREATE OR REPLACE FUNCTION app.user_force_password_change(other text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.refuse_unless_manager_of(other), app.refuse_unknown(other);
    UPDATE app.account SET must_change_password = true WHERE login = other;
END $$;

-- Whoever knew the password before is thrown out with it.
CREATE OR REPLACE FUNCTION app.user_reset_password(other text, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.refuse_unless_manager_of(other), app.refuse_unknown(other);
    PERFORM roles.end_sessions(other), roles.set_password(other, verifier), roles.end_sessions(other);
    UPDATE app.account SET must_change_password = true, password_changed_at = now() WHERE login = other;
END $$;

CREATE OR REPLACE FUNCTION app.change_my_password(verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.refuse_unknown(session_user::text);
    PERFORM roles.set_password(session_user::text, verifier);
    UPDATE app.account SET must_change_password = false, password_changed_at = now() WHERE login = session_user::text;
END $$;

CREATE OR REPLACE FUNCTION app.my_account() RETURNS app.account
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
    SELECT * FROM app.account WHERE login = session_user::text
$$;

-- PostgreSQL counts no wrong passwords, but its log tells them: whoever's window is open has it read every minute. Gives
-- how many accounts were locked, or NULL where the log cannot be read. A lock ends by itself, else anybody who knows a
-- login could keep its owner out; who is at work stays in. Windows that look at once pass over what another one holds,
-- and share no lock, since anybody could hold that.
CREATE OR REPLACE FUNCTION app.lock_guessed_accounts() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    allowed CONSTANT int := coalesce((SELECT (value ->> 'value')::int FROM app.setting WHERE name = 'failed_sign_ins'), 10);
    quarter CONSTANT interval := '15 minutes';
    guessed text;
    locked int := 0;
BEGIN
    FOR guessed IN
        SELECT login FROM app.account WHERE active AND locked_until <= now() ORDER BY login FOR UPDATE SKIP LOCKED
    LOOP
        UPDATE app.account SET locked_until = NULL WHERE login = guessed;
        PERFORM roles.admit(guessed, true);
    END LOOP;
    IF allowed <= 0 THEN
        RETURN 0;
    ELSIF NOT roles.reads_log() THEN
        RETURN NULL;
    END IF;
    FOR guessed IN
        SELECT o.login FROM app.account o
        WHERE o.locked_until IS NULL AND o.login IN (
            SELECT a.login FROM roles.failed_sign_ins() f JOIN app.account a ON a.login = f.login
            WHERE a.active AND f.at > greatest(now() - quarter, a.password_changed_at, a.unlocked_at)
            GROUP BY a.login HAVING count(*) >= allowed)
        ORDER BY o.login FOR UPDATE SKIP LOCKED
    LOOP
        UPDATE app.account SET locked_until = now() + quarter WHERE login = guessed;
        PERFORM roles.admit(guessed, false);
        locked := locked + 1;
    END LOOP;
    RETURN locked;
END $$;

GRANT EXECUTE ON FUNCTION app.user_create(text, bigint, text[], text), app.user_set_posts(text, text[]),
    app.user_set_person(text, bigint), app.user_disable(text), app.user_enable(text),
    app.user_force_password_change(text), app.user_reset_password(text, text), app.change_my_password(text),
    app.my_account(), app.lock_guessed_accounts() TO logistics_user;
