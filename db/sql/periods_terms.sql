-- Depreciation: what a closed month was calculated from stays as it was, and what its entries name stays there.

-- A month is its first day, whatever day of it somebody wrote.
CREATE OR REPLACE FUNCTION app.to_first_of_month() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'book' THEN
        NEW.first_month := date_trunc('month', NEW.first_month);
    ELSIF TG_TABLE_NAME = 'book_asset' THEN
        NEW.starts_month := date_trunc('month', NEW.starts_month);
    ELSE
        NEW.month := date_trunc('month', NEW.month);
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER first_of_month BEFORE INSERT OR UPDATE ON app.book
    FOR EACH ROW EXECUTE FUNCTION app.to_first_of_month();
CREATE OR REPLACE TRIGGER first_of_month BEFORE INSERT OR UPDATE ON app.book_asset
    FOR EACH ROW WHEN (NEW.starts_month IS NOT NULL) EXECUTE FUNCTION app.to_first_of_month();
CREATE OR REPLACE TRIGGER first_of_month BEFORE INSERT OR UPDATE ON app.value_change
    FOR EACH ROW EXECUTE FUNCTION app.to_first_of_month();
CREATE OR REPLACE TRIGGER first_of_month BEFORE INSERT OR UPDATE ON app.meter_reading
    FOR EACH ROW EXECUTE FUNCTION app.to_first_of_month();

CREATE OR REPLACE FUNCTION app.guard_book() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM app.depreciation_period WHERE book_id = OLD.id AND state <> 'open') THEN
        PERFORM app.refuse('P0485', '{}');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard_book BEFORE UPDATE ON app.book
    FOR EACH ROW WHEN ((OLD.standard, OLD.currency, OLD.first_month) IS DISTINCT FROM
                       (NEW.standard, NEW.currency, date_trunc('month', NEW.first_month)::date))
    EXECUTE FUNCTION app.guard_book();

CREATE OR REPLACE FUNCTION app.guard_value_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    refused date;
BEGIN
    PERFORM FROM app.book WHERE id IN (SELECT DISTINCT book_id FROM touched) FOR SHARE;
    SELECT max(p.month) INTO refused FROM touched t
      JOIN app.depreciation_period p ON p.book_id = t.book_id AND p.month >= t.month AND p.state = 'closed';
    IF refused IS NOT NULL THEN
        PERFORM app.refuse('P0491', jsonb_build_object('month', app.month_name(refused)));
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION app.guard_readings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    refused date;
BEGIN
    PERFORM FROM app.book FOR SHARE;
    SELECT max(t.month) INTO refused FROM touched t
      JOIN app.depreciation_period p ON p.month = t.month AND p.state = 'closed'
      JOIN app.depreciation_entry e ON e.book_id = p.book_id AND e.month = p.month AND e.asset_id = t.asset_id
     WHERE e.method = 'units_of_production';
    IF refused IS NOT NULL THEN
        PERFORM app.refuse('P0480', jsonb_build_object('month', app.month_name(refused)));
    END IF;
    RETURN NULL;
END $$;

-- Opening balances are where the first closed month began.
CREATE OR REPLACE FUNCTION app.guard_openings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    refused date;
BEGIN
    PERFORM FROM app.book WHERE id IN (SELECT DISTINCT book_id FROM touched) FOR SHARE;
    SELECT min(p.month) INTO refused FROM touched t
      JOIN app.depreciation_period p ON p.book_id = t.book_id AND p.state = 'closed'
      JOIN app.depreciation_entry e ON e.book_id = p.book_id AND e.month = p.month AND e.asset_id = t.asset_id
     WHERE num_nonnulls(t.opening_accumulated, t.starts_month) > 0
       AND (TG_OP <> 'UPDATE' OR EXISTS (
            SELECT FROM app.book_asset now WHERE now.id = t.id
               AND (now.book_id, now.asset_id, now.opening_accumulated, now.opening_months, now.starts_month)
                   IS DISTINCT FROM (t.book_id, t.asset_id, t.opening_accumulated, t.opening_months, t.starts_month)));
    IF refused IS NOT NULL THEN
        PERFORM app.refuse('P0492', jsonb_build_object('month', app.month_name(refused)));
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    guarded record;
BEGIN
    FOR guarded IN
        SELECT * FROM (VALUES ('value_change', 'guard_value_changes'), ('meter_reading', 'guard_readings'),
                              ('book_asset', 'guard_openings')) AS pairs (name, guard)
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER guard_new AFTER INSERT ON app.%I REFERENCING NEW TABLE AS touched
                        FOR EACH STATEMENT EXECUTE FUNCTION app.%I()', guarded.name, guarded.guard);
        EXECUTE format('CREATE OR REPLACE TRIGGER guard_changed AFTER UPDATE ON app.%I REFERENCING NEW TABLE AS touched
                        FOR EACH STATEMENT EXECUTE FUNCTION app.%I()', guarded.name, guarded.guard);
        EXECUTE format('CREATE OR REPLACE TRIGGER guard_changing AFTER UPDATE ON app.%I REFERENCING OLD TABLE AS touched
                        FOR EACH STATEMENT EXECUTE FUNCTION app.%I()', guarded.name, guarded.guard);
        EXECUTE format('CREATE OR REPLACE TRIGGER guard_old AFTER DELETE ON app.%I REFERENCING OLD TABLE AS touched
                        FOR EACH STATEMENT EXECUTE FUNCTION app.%I()', guarded.name, guarded.guard);
    END LOOP;
END $$;

-- In the place of foreign keys of the entries, which would cost a run as much as everything else.
CREATE OR REPLACE FUNCTION app.guard_depreciated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    used boolean;
BEGIN
    -- Whoever runs holds its book: wait, and see what was written.
    PERFORM FROM app.book FOR SHARE;
    IF TG_TABLE_NAME = 'asset' THEN
        -- By month, as the index goes.
        SELECT EXISTS (SELECT FROM touched t CROSS JOIN app.depreciation_period p
                       JOIN app.depreciation_entry e
                         ON e.book_id = p.book_id AND e.month = p.month AND e.asset_id = t.id) INTO used;
    ELSIF TG_TABLE_NAME = 'department' THEN
        SELECT EXISTS (SELECT FROM app.depreciation_entry WHERE department_id IN (SELECT id FROM touched)) INTO used;
    ELSE
        SELECT EXISTS (SELECT FROM app.depreciation_entry WHERE class_id IN (SELECT id FROM touched)) INTO used;
    END IF;
    IF used THEN
        PERFORM app.refuse('P0494', '{}');
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER depreciated AFTER DELETE ON app.asset REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION app.guard_depreciated();
CREATE OR REPLACE TRIGGER depreciated AFTER DELETE ON app.asset_class REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION app.guard_depreciated();
CREATE OR REPLACE TRIGGER depreciated AFTER DELETE ON app.department REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION app.guard_depreciated();
