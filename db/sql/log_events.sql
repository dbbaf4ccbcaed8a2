-- What people do that changes no row: sign in and out, export, print, be refused. The program tells it; who, when and
-- from where is the database's word.

-- Transactions are numbered anew on another server. The log's own number goes on there, so that it always rises.
CREATE OR REPLACE FUNCTION app.log_transaction() RETURNS bigint
LANGUAGE sql SET search_path = app, pg_temp AS $$
    SELECT pg_current_xact_id()::text::bigint + (SELECT shift FROM app.log_shift)
$$;

CREATE OR REPLACE FUNCTION app.go_on_counting() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp AS $$
    UPDATE app.log_shift SET shift = newest.moment + 1 - newest.transaction FROM (
        SELECT greatest((SELECT max(transaction) FROM app.change), (SELECT max(transaction) FROM app.event),
                        (SELECT until_transaction FROM app.seal ORDER BY number DESC LIMIT 1)) AS moment,
               greatest(pg_snapshot_xmax(pg_current_snapshot()), pg_current_xact_id())::text::bigint AS transaction
        ) newest
    WHERE newest.moment >= newest.transaction + shift
$$;

CREATE OR REPLACE FUNCTION app.note_event(kind text, about text, detail jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    -- Anybody may call this with anything, and the auditor has to be able to read it.
    IF kind !~ '^[a-z_]{1,32}$' OR jsonb_typeof(detail) <> 'object' THEN
        RAISE EXCEPTION 'no such event' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF kind = 'signed_in' THEN
        PERFORM app.go_on_counting();
    END IF;
    INSERT INTO app.event (host, transaction, kind, about, detail)
    VALUES (host(inet_client_addr()), app.log_transaction(), note_event.kind, note_event.about, note_event.detail);
END $$;

INSERT INTO app.log_shift (shift) SELECT 0 WHERE NOT EXISTS (SELECT FROM app.log_shift);
SELECT app.go_on_counting();
GRANT EXECUTE ON FUNCTION app.note_event(text, text, jsonb) TO logistics_user;

CALL app.protect_by_hand('log_shift', 'nobody');
CALL app.protect_by_hand('event', 'audit.read all; otherwise one''s own');
CREATE POLICY read ON app.event FOR SELECT TO logistics_user USING ((SELECT app.may('audit.read')));
CREATE POLICY own ON app.event FOR SELECT TO logistics_user USING (who = session_user);
