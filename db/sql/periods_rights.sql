-- Depreciation: who sees the books, who keeps them, who runs a month and who closes it. The entries are written by a
-- function and by nothing else.

CALL app.protect('book', 'depreciation.read', 'depreciation.write', 'depreciation.write');
CALL app.protect('book_class', 'depreciation.read', 'depreciation.write', 'depreciation.write');
CALL app.protect('book_department', 'depreciation.read', 'depreciation.write', 'depreciation.write');
CALL app.protect('book_asset', 'depreciation.read', 'depreciation.write', 'depreciation.write');
CALL app.protect('value_change', 'depreciation.read', 'depreciation.write', 'depreciation.write');
CALL app.protect('meter_reading', 'depreciation.read', 'depreciation.write', 'depreciation.write');
CALL app.protect('depreciation_period', 'depreciation.read');
CALL app.protect('depreciation_entry', 'depreciation.read');

-- COPY is refused on a table under row level security. An array of whole rows, taken apart by the types' own readers, is
-- the next best; the book and the month of its rows are not asked.
CREATE OR REPLACE FUNCTION app.depreciation_enter(of_book bigint, of date, entries app.depreciation_entry[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.demand('depreciation.run');
    INSERT INTO app.depreciation_entry (
        book_id, month, asset_id, class_id, department_id, method, cost, residual, life_months, months, amount,
        months_charged, accumulated, impairment, book_value, gone, total_units, units, plan_value, plan_since_months,
        plan_since_accumulated, plan_units_left, plan_used)
    SELECT of_book, of, e.asset_id, e.class_id, e.department_id, e.method, e.cost, e.residual, e.life_months, e.months,
           e.amount, e.months_charged, e.accumulated, e.impairment, e.book_value, e.gone, e.total_units, e.units,
           e.plan_value, e.plan_since_months, e.plan_since_accumulated, e.plan_units_left, e.plan_used
    FROM unnest(entries) e;
END $$;

GRANT EXECUTE ON FUNCTION app.depreciation_enter(bigint, date, app.depreciation_entry[]) TO logistics_user;
