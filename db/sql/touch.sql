-- The database counts the versions of a row and says who touched it last. On insertion the defaults of the columns do
-- that, since nobody has the right to give these columns a value; a trigger for each row would slow down an import.

CREATE OR REPLACE FUNCTION app.touch() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    NEW.version := OLD.version + 1;
    NEW.created_at := OLD.created_at;
    NEW.created_by := OLD.created_by;
    NEW.updated_at := now();
    NEW.updated_by := session_user;
    RETURN NEW;
END $$;

DO $$
DECLARE
    ledger regclass;
BEGIN
    FOR ledger IN
        SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' AND a.attname = 'version'
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER touch BEFORE UPDATE ON %s
                        FOR EACH ROW EXECUTE FUNCTION app.touch()', ledger);
    END LOOP;
END $$;

-- Who took a step or an import back is the database's word too, and it is said once.
CREATE OR REPLACE FUNCTION app.sign_undoing() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF OLD.undone_at IS NOT NULL THEN
        RAISE EXCEPTION 'taken back already' USING ERRCODE = 'P0403', TABLE = TG_TABLE_NAME;
    END IF;
    NEW.undone_at := now();
    NEW.undone_by := session_user;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER sign_undoing BEFORE UPDATE ON app.operation FOR EACH ROW EXECUTE FUNCTION app.sign_undoing();
CREATE OR REPLACE TRIGGER sign_undoing BEFORE UPDATE ON app.import_batch FOR EACH ROW EXECUTE FUNCTION app.sign_undoing();
