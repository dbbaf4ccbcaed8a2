-- What belongs to a row is found by its number, also when the row is gone: its history, its files. So nobody gives a new
-- row the number of one that was deleted where they did not see it. Taking a deletion back gives numbers again.

CREATE OR REPLACE FUNCTION app.refuse_taken_numbers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    needed app.protection;
    taken boolean;
BEGIN
    IF app.visible(TG_TABLE_NAME) = 'true' THEN
        RETURN NULL;
    END IF;
    SELECT * INTO needed FROM app.protection p WHERE p.table_name = TG_TABLE_NAME;
    SELECT EXISTS (
        SELECT FROM new_rows n JOIN app.change c ON c.table_name = TG_TABLE_NAME AND c.record_id = n.id AND c.action = 'D'
        CROSS JOIN LATERAL (SELECT c.before || jsonb_build_object('id', c.record_id)) gone (row)
        WHERE NOT coalesce((gone.row ->> needed.department)::bigint = ANY (app.reach(needed.readable)), false)
          AND NOT coalesce((gone.row ->> needed.owner)::bigint = app.own(needed.readable), false)) INTO taken;
    IF taken THEN
        RAISE EXCEPTION 'a row of app.% had this number', TG_TABLE_NAME USING ERRCODE = '42501';
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    watched name;
BEGIN
    FOR watched IN SELECT table_name FROM app.protection WHERE num_nonnulls(department, owner) > 0 LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER taken_numbers AFTER INSERT ON app.%I REFERENCING NEW TABLE AS new_rows
                        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_taken_numbers()', watched);
    END LOOP;
END $$;
