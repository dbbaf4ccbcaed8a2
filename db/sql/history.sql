-- Every change of every table is written to app.change, once per statement for all its rows. A new table is covered by
-- itself; what is left out is named at the end, with the reason.

CREATE OR REPLACE FUNCTION app.write_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    -- What the database keeps for itself tells nobody anything. What is left has one rule for text and JSON.
    own CONSTANT name[] := '{id,version,created_at,created_by,updated_at,updated_by,added_at,added_by,search,grams}';
    head CONSTANT text := 'INSERT INTO app.change (batch, host, transaction, table_name, record_id, record_key, action, before, after)';
    batch CONSTANT uuid := nullif(current_setting('app.batch', true), '');  -- the import that this is part of
    host CONSTANT text := host(inet_client_addr());
    moment CONSTANT bigint := app.log_transaction();
    named text;   -- the number of a row and its key, of which one is null, for any alias
    same text;    -- whether o and n are one row
    new_one text; -- whether n is a row that was not there
    gone text;    -- whether o is a row that is no more
    whole text;   -- a row as JSON
    before text;  -- the changed fields as they were
    after text;   -- the changed fields as they are now
BEGIN
    -- The columns are looked up each time, not kept, so that no migration can forget a field.
    SELECT CASE WHEN count(*) = 1 AND bool_and(atttypid IN ('bigint'::regtype, 'int'::regtype))
                THEN format('%%1$s.%I::bigint, NULL::text', min(attname))
                ELSE format('NULL::bigint, concat_ws('' / '', %s)', string_agg(format('%%1$s.%I', attname), ', ' ORDER BY attnum)) END,
           string_agg(format('o.%1$I = n.%1$I', attname), ' AND '),
           format('o.%I IS NULL', min(attname)), format('n.%I IS NULL', min(attname))
      INTO named, same, new_one, gone
      FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
     WHERE indrelid = TG_RELID AND indisprimary;
    -- What a table keeps in private is on record as changed, and shown masked: the log is read by more people.
    SELECT string_agg(format(value, 'r', attname) || ' AS ' || quote_ident(attname), ', ' ORDER BY attnum),
           string_agg(format('CASE WHEN o.%1$I IS DISTINCT FROM n.%1$I THEN %2$L || coalesce(to_json(%3$s)::text, ''null'') END',
                             attname, said, format(value, 'o', attname)), ', ' ORDER BY attnum),
           string_agg(format('CASE WHEN o.%1$I IS DISTINCT FROM n.%1$I THEN %2$L || coalesce(to_json(%3$s)::text, ''null'') END',
                             attname, said, format(value, 'n', attname)), ', ' ORDER BY attnum)
      INTO whole, before, after
      FROM pg_attribute,
           LATERAL (SELECT to_json(attname::text)::text || ':', CASE WHEN TG_TABLE_NAME LIKE '%\_private'
                    THEN 'app.masked(%s.%I::text)' ELSE '%s.%I' END) how (said, value)
     WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped AND attname <> ALL (own);

    IF TG_OP = 'INSERT' THEN
        EXECUTE format('%s SELECT $1, $2, $3, %L, %s, ''I'', NULL, jsonb_strip_nulls(to_jsonb(f))
                        FROM new_rows r CROSS JOIN LATERAL (SELECT %s) f',
                       head, TG_TABLE_NAME, format(named, 'r'), whole) USING batch, host, moment;
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE format('%s SELECT $1, $2, $3, %L, %s, ''D'', jsonb_strip_nulls(to_jsonb(f)), NULL
                        FROM old_rows r CROSS JOIN LATERAL (SELECT %s) f',
                       head, TG_TABLE_NAME, format(named, 'r'), whole) USING batch, host, moment;
    ELSE
        -- A row that was given another key is told as one that went and one that came.
        EXECUTE format('%s SELECT $1, $2, $3, %L, CASE action WHEN ''D'' THEN old_id ELSE new_id END,
                               CASE action WHEN ''D'' THEN old_key ELSE new_key END, action,
                               CASE WHEN action <> ''I'' THEN (''{'' || before || ''}'')::jsonb END,
                               CASE WHEN action <> ''D'' THEN (''{'' || after || ''}'')::jsonb END
                        FROM (SELECT CASE WHEN %s THEN ''I'' WHEN %s THEN ''D'' ELSE ''U'' END, %s, %s,
                                     concat_ws('','', %s), concat_ws('','', %s)
                              FROM old_rows o FULL JOIN new_rows n ON %s
                             ) changed (action, old_id, old_key, new_id, new_key, before, after)
                        WHERE after <> ''''',
                       head, TG_TABLE_NAME, new_one, gone, format(named, 'o'), format(named, 'n'), before, after, same)
            USING batch, host, moment;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION app.refuse_rewriting() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'app.% is append-only', TG_TABLE_NAME USING ERRCODE = 'P0403', TABLE = TG_TABLE_NAME;
END $$;

DO $$
DECLARE
    log text;
    watched record;
    unwatched CONSTANT name[] := ARRAY[
        'change', 'event', 'seal',      -- the log itself
        'log_shift', 'alembic_version', -- what the database keeps for itself
        'permission', 'protection',     -- what this program's own files say, the same everywhere
        'number_counter',               -- told by the numbers of the rows that got them
        'content_chunk',                -- told by the hash that names the content
        'depreciation_entry',           -- told by its month, with their number, sum and digest
        'request',                      -- keys of writes, so that none is done twice
        'view_choice'];                 -- which view a person looks at
BEGIN
    FOREACH log IN ARRAY ARRAY['change', 'event', 'seal'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON app.%I
                        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_rewriting()', log);
    END LOOP;
    FOR watched IN
        SELECT oid::regclass AS name FROM pg_class
        WHERE relnamespace = 'app'::regnamespace AND relkind = 'r' AND relname <> ALL (unwatched)
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER history_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
                        FOR EACH STATEMENT EXECUTE FUNCTION app.write_history()', watched.name);
        EXECUTE format('CREATE OR REPLACE TRIGGER history_update AFTER UPDATE ON %s
                        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                        FOR EACH STATEMENT EXECUTE FUNCTION app.write_history()', watched.name);
        EXECUTE format('CREATE OR REPLACE TRIGGER history_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
                        FOR EACH STATEMENT EXECUTE FUNCTION app.write_history()', watched.name);
    END LOOP;
END $$;
