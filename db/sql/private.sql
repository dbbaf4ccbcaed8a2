-- Phones and identity numbers of people: app.staff keeps them masked, for everybody, so that no list, history, search or
-- backup of a ledger can tell them; app.staff_private keeps them in clear for those with staff.sensitive. Clients write
-- them into app.staff as they are. A masked one that comes back, from a form or a workbook, changes nothing.

CREATE OR REPLACE FUNCTION app.masked(clear text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = app, pg_temp AS $$
    SELECT CASE WHEN length(clear) >= 8 THEN left(clear, 3) || repeat('*', length(clear) - 7) || right(clear, 4)
                ELSE repeat('*', length(clear)) END
$$;

CREATE OR REPLACE FUNCTION app.keep_private() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    kept app.staff_private;
BEGIN
    SELECT * INTO kept FROM app.staff_private WHERE id = NEW.id;
    kept.id := NEW.id;
    IF NEW.phone IS NULL OR NEW.phone NOT LIKE '%*%' THEN
        kept.phone := NEW.phone;
    END IF;
    IF NEW.id_number IS NULL OR NEW.id_number NOT LIKE '%*%' THEN
        kept.id_number := NEW.id_number;
    END IF;
    NEW.phone := app.masked(kept.phone);
    NEW.id_number := app.masked(kept.id_number);
    INSERT INTO app.staff_private VALUES (kept.id, kept.phone, kept.id_number)
    ON CONFLICT (id) DO UPDATE SET phone = excluded.phone, id_number = excluded.id_number;
    RETURN NEW;
END $$;

-- What was there before a step, so that it comes back with the step: the history has it masked only.
CREATE OR REPLACE FUNCTION app.keep_past_private() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    INSERT INTO app.past_private VALUES (current_setting('app.batch')::uuid, OLD.id, OLD.phone, OLD.id_number)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER keep_past AFTER UPDATE OR DELETE ON app.staff_private FOR EACH ROW
    WHEN (nullif(current_setting('app.batch', true), '') IS NOT NULL) EXECUTE FUNCTION app.keep_past_private();

-- Put back what a step overwrote, for the people that the account may change.
CREATE OR REPLACE FUNCTION app.return_private(step uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    UPDATE app.staff s SET phone = p.phone, id_number = p.id_number
    FROM app.past_private p WHERE p.batch = step AND p.id = s.id AND app.may_change('staff', s.id);
END $$;

GRANT EXECUTE ON FUNCTION app.return_private(uuid) TO logistics_user;
CALL app.protect_by_hand('past_private', 'nobody; app.return_private puts it back');

CREATE OR REPLACE TRIGGER keep_private_new BEFORE INSERT ON app.staff FOR EACH ROW
    WHEN (NEW.phone IS NOT NULL OR NEW.id_number IS NOT NULL) EXECUTE FUNCTION app.keep_private();
CREATE OR REPLACE TRIGGER keep_private BEFORE UPDATE ON app.staff FOR EACH ROW
    WHEN (NEW.phone IS DISTINCT FROM OLD.phone OR NEW.id_number IS DISTINCT FROM OLD.id_number)
    EXECUTE FUNCTION app.keep_private();

CALL app.protect_by_hand('staff_private', 'staff.sensitive reads, as far as it reaches people; a trigger writes');
CREATE POLICY read ON app.staff_private FOR SELECT TO logistics_user
    USING ((SELECT app.reaches_all('staff.sensitive')) OR EXISTS (SELECT FROM app.staff s WHERE s.id = staff_private.id
           AND (s.department_id = ANY ((SELECT app.reach('staff.sensitive'))::bigint[])
                OR s.id = (SELECT app.own('staff.sensitive')))));

-- The planner tells everybody, by EXPLAIN, how many values lie below another one: of these columns it keeps no samples.
-- Giving a column its type again drops those that there were.
DO $$
DECLARE
    kept record;
BEGIN
    FOR kept IN
        SELECT attrelid::regclass AS name, attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute
        WHERE attrelid IN ('app.staff_private'::regclass, 'app.past_private'::regclass)
          AND attname IN ('phone', 'id_number')
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER %I SET STATISTICS 0, ALTER %2$I TYPE %s', kept.name, kept.attname, kept.type);
    END LOOP;
END $$;

-- Who changes the department of their own row changes what they can reach.
CREATE OR REPLACE FUNCTION app.refuse_own_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF OLD.id = app.my_staff() AND NOT app.may('users.manage') THEN
        RAISE EXCEPTION 'nobody moves to another department alone' USING ERRCODE = 'P0406', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER refuse_own_move BEFORE UPDATE ON app.staff FOR EACH ROW
    WHEN (NEW.department_id IS DISTINCT FROM OLD.department_id) EXECUTE FUNCTION app.refuse_own_move();
