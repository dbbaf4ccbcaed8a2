-- Who may do what. Everything belongs to logistics_owner, whom nobody signs in as; people are members of logistics_user
-- and get rights by column, so that nobody can forge the origin of a row.

GRANT USAGE ON SCHEMA app TO logistics_user;
ALTER DEFAULT PRIVILEGES FOR ROLE logistics_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA app FROM logistics_user;
GRANT SELECT ON ALL TABLES IN SCHEMA app TO logistics_user;

-- The ledgers: every table whose rows have a version. A row that comes back by undoing a deletion brings its number.
DO $$
DECLARE
    ledger record;
BEGIN
    FOR ledger IN
        SELECT c.oid::regclass AS name, string_agg(quote_ident(a.attname), ', ') AS columns
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r'
          AND EXISTS (SELECT FROM pg_attribute v WHERE v.attrelid = c.oid AND v.attname = 'version')
          AND a.attname NOT IN ('id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by')
        GROUP BY c.oid
    LOOP
        EXECUTE format('GRANT INSERT (id, %s), UPDATE (%s) ON %s TO logistics_user',
                       ledger.columns, ledger.columns, ledger.name);
        EXECUTE format('GRANT DELETE ON %s TO logistics_user', ledger.name);
    END LOOP;
END $$;

GRANT INSERT (sha256, size, media_type), DELETE ON app.content TO logistics_user;
GRANT INSERT (sha256, number, data), DELETE ON app.content_chunk TO logistics_user;
GRANT INSERT (id, table_name, record_id, sha256, file_name, note), UPDATE (file_name, note), DELETE
    ON app.attachment TO logistics_user;
GRANT INSERT (id, ledger, file_name, sha256, sheet, new, changed, unchanged, refused), UPDATE (undone_at)
    ON app.import_batch TO logistics_user;
GRANT INSERT (ledger, header, field), UPDATE (field), DELETE ON app.header_map TO logistics_user;
GRANT INSERT (name, value), UPDATE (value), DELETE ON app.setting TO logistics_user;
GRANT INSERT (id, kind, ledger, title, rows), UPDATE (undone_at) ON app.operation TO logistics_user;
GRANT INSERT (pattern, last), UPDATE (last) ON app.number_counter TO logistics_user;
-- Rows of a sheet that refer to each other get their numbers before they are stored.
GRANT USAGE ON ALL SEQUENCES IN SCHEMA app TO logistics_user;
GRANT INSERT (ledger, view_id), UPDATE (view_id), DELETE ON app.view_choice TO logistics_user;
GRANT INSERT (key, name), UPDATE (name), DELETE ON app.post TO logistics_user;
GRANT INSERT (post, permission, scope), UPDATE (scope), DELETE ON app.post_permission TO logistics_user;
