-- The entries of depreciation as a ledger shows them: with what the card says now beside what the month was charged by.
-- The number of a row is that of the asset, which is unique within a month of a book.

CREATE OR REPLACE VIEW app.depreciation_line WITH (security_invoker = true) AS
SELECT e.asset_id AS id, 1 AS version, e.book_id, e.month, a.code, a.name, a.specification, a.location_id, a.keeper_id,
       a.in_service_on, a.quantity, e.class_id, e.department_id, e.method, e.life_months, e.months, e.months_charged,
       e.units, e.cost, e.residual, e.amount, e.accumulated, e.impairment, e.book_value, a.search, a.grams
  FROM app.depreciation_entry e JOIN app.asset a ON a.id = e.asset_id;

GRANT SELECT ON app.depreciation_line TO logistics_user;
