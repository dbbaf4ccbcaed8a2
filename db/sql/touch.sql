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
