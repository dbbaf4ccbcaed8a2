-- Depreciation: what a book says of its classes and assets keeps to its standard (Government Accounting Standard No. 3:
-- straight line or units of production, and no residual value). Cards and classes serve all books, so they may say more.
-- It runs with the rights of who writes, so that what is refused names nothing that they cannot see.

CREATE OR REPLACE FUNCTION app.guard_standard() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    wrong record;
BEGIN
    SELECT said.row ->> 'class_id' AS class, said.row ->> 'asset_id' AS asset, found.code, found.field INTO wrong
      FROM (SELECT to_jsonb(t) AS row FROM touched t JOIN app.book b ON b.id = t.book_id
            WHERE b.standard = 'government') said
      CROSS JOIN LATERAL (VALUES
            ('P0496', 'method', said.row ->> 'method' IN ('double_declining', 'sum_of_years')),
            ('P0497', 'residual_rate', (said.row ->> 'residual_rate')::numeric > 0),
            ('P0497', 'residual_value', (said.row ->> 'residual_value')::numeric > 0)) found (code, field, is_wrong)
     WHERE found.is_wrong LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'refused: %', wrong.code USING ERRCODE = wrong.code, TABLE = TG_TABLE_NAME, COLUMN = wrong.field,
            DETAIL = jsonb_build_object('name', coalesce(
                (SELECT concat_ws(' ', code, name) FROM app.asset WHERE id = wrong.asset::bigint),
                (SELECT concat_ws(' ', code, name) FROM app.asset_class WHERE id = wrong.class::bigint), '-'))::text;
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['book_class', 'book_asset', 'value_change'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER keeps_standard_new AFTER INSERT ON app.%I REFERENCING NEW TABLE AS touched
                        FOR EACH STATEMENT EXECUTE FUNCTION app.guard_standard()', guarded);
        EXECUTE format('CREATE OR REPLACE TRIGGER keeps_standard AFTER UPDATE ON app.%I REFERENCING NEW TABLE AS touched
                        FOR EACH STATEMENT EXECUTE FUNCTION app.guard_standard()', guarded);
    END LOOP;
END $$;
