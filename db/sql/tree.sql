-- A tree stays a tree: no department, location or class lies below itself, whatever two people do at once.

CREATE OR REPLACE FUNCTION app.refuse_ring() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    above bigint := NEW.parent_id;
BEGIN
    -- Two moves that make a ring only together must see each other, so one waits for the other.
    PERFORM pg_advisory_xact_lock(TG_RELID::integer, 0);
    FOR steps IN 1 .. 1000 LOOP
        EXIT WHEN above IS NULL;
        IF above = NEW.id THEN
            RAISE EXCEPTION 'row % of app.% would lie below itself', NEW.id, TG_TABLE_NAME
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'ck_' || TG_TABLE_NAME || '_no_ring';
        END IF;
        EXECUTE format('SELECT parent_id FROM app.%I WHERE id = $1', TG_TABLE_NAME) INTO above USING above;
    END LOOP;
    RETURN NULL;
END $$;

-- After the statement, so that rows inserted together are seen together.
DO $$
DECLARE
    tree regclass;
BEGIN
    FOR tree IN
        SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' AND a.attname = 'parent_id'
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER no_ring_insert AFTER INSERT ON %s
                        FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION app.refuse_ring()', tree);
        EXECUTE format('CREATE OR REPLACE TRIGGER no_ring_update AFTER UPDATE OF parent_id ON %s
                        FOR EACH ROW WHEN (NEW.parent_id IS DISTINCT FROM OLD.parent_id AND NEW.parent_id IS NOT NULL)
                        EXECUTE FUNCTION app.refuse_ring()', tree);
    END LOOP;
END $$;
