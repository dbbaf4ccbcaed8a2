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

-- Entries of one asset each, a line of text for each, its columns between tabs as COPY has them; COPY itself is refused
-- on a table under row level security.
CREATE OR REPLACE FUNCTION app.depreciation_enter(of_book bigint, of date, lines text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.demand('depreciation.run');
    INSERT INTO app.depreciation_entry (
        book_id, month, asset_id, class_id, department_id, method, cost, residual, life_months, months, amount,
        months_charged, accumulated, impairment, book_value, gone, total_units, units, plan_value, plan_since_months,
        plan_since_accumulated, plan_units_left, plan_used)
    SELECT of_book, of, c[1]::bigint, c[2]::bigint, c[3]::bigint, c[4], c[5]::numeric, c[6]::numeric, c[7]::integer,
           c[8]::integer, c[9]::numeric, c[10]::integer, c[11]::numeric, c[12]::numeric, c[13]::numeric, c[14]::boolean,
           c[15]::numeric, c[16]::numeric, c[17]::numeric, c[18]::integer, c[19]::numeric, c[20], c[21]::numeric
    FROM (SELECT string_to_array(line, E'\t', E'\\N') AS c FROM string_to_table(lines, E'\n') line) columns;
END $$;

GRANT EXECUTE ON FUNCTION app.depreciation_enter(bigint, date, text) TO logistics_user;
