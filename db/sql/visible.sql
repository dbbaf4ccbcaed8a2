-- What belongs to a record is seen and changed by whoever sees and may change the record: its files and its history.

-- The tables whose rows the account sees all of; what belongs to these needs no look at the rows.
CREATE OR REPLACE FUNCTION app.tables_seen_whole() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT table_name FROM app.protection
                 WHERE readable = '*' AND app.is_user()
                    OR rule IS NULL AND CASE WHEN department IS NULL AND owner IS NULL THEN app.may(readable)
                                             ELSE app.reaches_all(readable) END);
END $$;

-- Whether the account sees a row: the policies of its table say so, hence with the rights of whoever asks. A table whose
-- policies are written by hand takes part where app.<table>_may_change(id) says what may be done to what belongs to it.
CREATE OR REPLACE FUNCTION app.sees(what text, record bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = app, pg_temp AS $$
DECLARE
    yes boolean;
BEGIN
    IF NOT EXISTS (SELECT FROM app.protection p JOIN pg_attribute a ON a.attrelid = to_regclass('app.' || quote_ident(what))
                   WHERE p.table_name = what AND a.attname = 'id'
                     AND (p.rule IS NULL OR to_regprocedure(format('app.%I(bigint)', what || '_may_change')) IS NOT NULL)) THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM app.%I WHERE id = $1)', what) INTO yes USING record;
    RETURN yes;
END $$;

-- Whether the account may change a row that is there.
CREATE OR REPLACE FUNCTION app.may_change(what text, record bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    needed app.protection;
    yes boolean;
BEGIN
    SELECT * INTO needed FROM app.protection p WHERE p.table_name = what;
    IF needed.rule IS NOT NULL AND to_regprocedure(format('app.%I(bigint)', what || '_may_change')) IS NOT NULL THEN
        EXECUTE format('SELECT app.%I($1)', what || '_may_change') INTO yes USING record;
        RETURN yes;
    ELSIF needed.writable IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM app.%I WHERE id = $1 AND (%s))', what,
                   app.reaching(needed.writable, needed.department, needed.owner)) INTO yes USING record;
    RETURN yes;
END $$;

-- Whether a row that the account does not see is there all the same, with another department or person.
CREATE OR REPLACE FUNCTION app.is_with_others(what text, record bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    yes boolean := false;
BEGIN
    IF app.is_user() AND EXISTS (SELECT FROM app.protection p WHERE p.table_name = what
                                 AND num_nonnulls(p.department, p.owner) > 0) THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM app.%I WHERE id = $1 AND (%s) IS NOT TRUE)', what, app.visible(what))
        INTO yes USING record;
    END IF;
    RETURN yes;
END $$;

-- Whether no record has a file with this content, whoever sees the record.
CREATE OR REPLACE FUNCTION app.content_is_loose(content text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN NOT EXISTS (SELECT FROM app.attachment a WHERE a.sha256 = content);
END $$;

GRANT EXECUTE ON FUNCTION app.tables_seen_whole(), app.sees(text, bigint), app.may_change(text, bigint),
    app.is_with_others(text, bigint), app.content_is_loose(text) TO logistics_user;

CALL app.protect_by_hand('attachment', 'whoever sees the record reads, whoever may change it writes');
CREATE POLICY read ON app.attachment FOR SELECT TO logistics_user
    USING (table_name = ANY ((SELECT app.tables_seen_whole())::text[]) OR (SELECT app.sees(table_name, record_id)));
CREATE POLICY added ON app.attachment FOR INSERT TO logistics_user
    WITH CHECK ((SELECT app.may_change(table_name, record_id)));
CREATE POLICY changed ON app.attachment FOR UPDATE TO logistics_user
    USING ((SELECT app.may_change(table_name, record_id)));
CREATE POLICY removed ON app.attachment FOR DELETE TO logistics_user
    USING ((SELECT app.may_change(table_name, record_id)));

-- Bytes are stored before their file hangs on a record, and go when none needs them; those that hang stay as they are.
CALL app.protect_by_hand('content', 'with a file that one sees; stored and deleted while it hangs nowhere');
CREATE POLICY read ON app.content FOR SELECT TO logistics_user
    USING (EXISTS (SELECT FROM app.attachment a WHERE a.sha256 = content.sha256)
           OR (SELECT app.content_is_loose(sha256)));
CREATE POLICY added ON app.content FOR INSERT TO logistics_user WITH CHECK ((SELECT app.is_user()));
CREATE POLICY removed ON app.content FOR DELETE TO logistics_user
    USING ((SELECT app.is_user()) AND (SELECT app.content_is_loose(sha256)));
CALL app.protect_by_hand('content_chunk', 'as its content');
CREATE POLICY read ON app.content_chunk FOR SELECT TO logistics_user
    USING (EXISTS (SELECT FROM app.content c WHERE c.sha256 = content_chunk.sha256));
CREATE POLICY added ON app.content_chunk FOR INSERT TO logistics_user
    WITH CHECK ((SELECT app.is_user()) AND (SELECT app.content_is_loose(sha256)));
CREATE POLICY removed ON app.content_chunk FOR DELETE TO logistics_user
    USING ((SELECT app.is_user()) AND (SELECT app.content_is_loose(sha256)));

-- What hangs on a record is what its name says: else somebody could store other bytes under the name of a file that is
-- to come, and everybody who adds that file would get those. What hangs somewhere was looked at when it was hung there.
CREATE OR REPLACE FUNCTION app.refuse_other_bytes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM app.attachment a WHERE a.sha256 = NEW.sha256) AND NEW.sha256 IS DISTINCT FROM (
        SELECT encode(sha256(string_agg(c.data, '' ORDER BY c.number)), 'hex') FROM app.content_chunk c
        WHERE c.sha256 = NEW.sha256) THEN
        RAISE EXCEPTION 'other bytes than the name says' USING ERRCODE = 'P0407', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER refuse_other_bytes BEFORE INSERT ON app.attachment
    FOR EACH ROW EXECUTE FUNCTION app.refuse_other_bytes();

-- The history: the auditor's whole, otherwise one's own changes and those of the rows that one sees.
CALL app.protect_by_hand('change', 'audit.read all; otherwise one''s own changes and those of rows that one sees');
CREATE POLICY read ON app.change FOR SELECT TO logistics_user
    USING ((SELECT app.may('audit.read')) OR (SELECT app.is_user()) AND (
           who = session_user OR table_name = ANY ((SELECT app.tables_seen_whole())::text[])
           OR (SELECT app.sees(table_name, record_id))
           -- A file that was taken off is seen by those who see where it hung.
           OR table_name = 'attachment'
              AND (SELECT app.sees(coalesce(after, before) ->> 'table_name',
                                   (coalesce(after, before) ->> 'record_id')::bigint))));
