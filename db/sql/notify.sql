-- Every statement that writes tells all open windows the name of its table. Names only: what is told here is a hint,
-- and everybody who can sign in may say it.

CREATE OR REPLACE FUNCTION app.tell_windows() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM pg_notify('ledger', TG_TABLE_NAME);
    RETURN NULL;
END $$;

DO $$
DECLARE
    told regclass;
BEGIN
    FOR told IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'
          AND relname NOT IN ('change', 'event', 'seal', 'log_shift', 'content', 'content_chunk', 'number_counter',
                              'request', 'alembic_version')
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER tell_windows AFTER INSERT OR UPDATE OR DELETE ON %s
                        FOR EACH STATEMENT EXECUTE FUNCTION app.tell_windows()', told);
    END LOOP;
END $$;
