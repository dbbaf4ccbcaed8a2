-- Every change of a row that has a number is written to app.change, once per statement for all its rows.

CREATE OR REPLACE FUNCTION app.write_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    -- What the database keeps for itself tells nobody anything. What is left has one rule for text and JSON.
    own CONSTANT name[] := '{id,version,created_at,created_by,updated_at,updated_by,added_at,added_by,search,grams}';
    batch CONSTANT uuid := nullif(current_setting('app.batch', true), '');  -- the import that this is part of
    host CONSTANT text := host(inet_client_addr());
    whole text;   -- a row as JSON
    before text;  -- the changed fields as they were
    after text;   -- the changed fields as they are now
BEGIN
    -- The columns are looked up each time, not kept, so that no migration can forget a field.
    SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum),
           string_agg(format('CASE WHEN o.%1$I IS DISTINCT FROM n.%1$I THEN %2$L || coalesce(to_json(o.%1$I)::text, ''null'') END',
                             attname, to_json(attname::text)::text || ':'), ', ' ORDER BY attnum),
           string_agg(format('CASE WHEN o.%1$I IS DISTINCT FROM n.%1$I THEN %2$L || coalesce(to_json(n.%1$I)::text, ''null'') END',
                             attname, to_json(attname::text)::text || ':'), ', ' ORDER BY attnum)
      INTO whole, before, after
      FROM pg_attribute
     WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped AND attname <> ALL (own);

    IF TG_OP = 'INSERT' THEN
        EXECUTE format('INSERT INTO app.change (batch, host, table_name, record_id, action, after)
                        SELECT $1, $2, %L, r.id, ''I'', jsonb_strip_nulls(to_jsonb(f))
                        FROM new_rows r CROSS JOIN LATERAL (SELECT %s) f', TG_TABLE_NAME, whole) USING batch, host;
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE format('INSERT INTO app.change (batch, host, table_name, record_id, action, before)
                        SELECT $1, $2, %L, r.id, ''D'', jsonb_strip_nulls(to_jsonb(f))
                        FROM old_rows r CROSS JOIN LATERAL (SELECT %s) f', TG_TABLE_NAME, whole) USING batch, host;
    ELSE
        EXECUTE format('INSERT INTO app.change (batch, host, table_name, record_id, action, before, after)
                        SELECT $1, $2, %L, id, ''U'', (''{'' || before || ''}'')::jsonb, (''{'' || after || ''}'')::jsonb
                        FROM (SELECT n.id, concat_ws('','', %s) AS before, concat_ws('','', %s) AS after
                              FROM old_rows o JOIN new_rows n ON n.id = o.id) changed
                        WHERE after <> ''''', TG_TABLE_NAME, before, after) USING batch, host;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION app.refuse_rewriting() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'app.% is append-only', TG_TABLE_NAME USING ERRCODE = 'P0403';
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON app.change
    FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_rewriting();

DO $$
DECLARE
    ledger regclass;
BEGIN
    FOR ledger IN
        SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' AND c.relname <> 'change'
          AND a.attname = 'id' AND a.atttypid = 'bigint'::regtype
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER history_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
                        FOR EACH STATEMENT EXECUTE FUNCTION app.write_history()', ledger);
        EXECUTE format('CREATE OR REPLACE TRIGGER history_update AFTER UPDATE ON %s
                        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                        FOR EACH STATEMENT EXECUTE FUNCTION app.write_history()', ledger);
        EXECUTE format('CREATE OR REPLACE TRIGGER history_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
                        FOR EACH STATEMENT EXECUTE FUNCTION app.write_history()', ledger);
    END LOOP;
END $$;
