-- What there is to permit, and which post begins with what: what an office would choose that thinks about it for the
-- first time. Everything can be changed on the screen of permissions but the administrator's own. What the program
-- offers stands before the triggers of the history, so that a new office begins with an empty log.

CALL app.offer('assets.read', true, '{"clerk": "department", "asset_manager": "all", "warehouse_manager": "department",
    "finance": "all", "department_head": "below", "dispatcher": "department", "venue_manager": "department",
    "maintenance": "all", "auditor": "all", "vice_president": "all", "leader": "all"}');
CALL app.offer('assets.write', true, '{"clerk": "department", "asset_manager": "all"}');
CALL app.offer('assets.delete', true, '{"asset_manager": "all"}');
CALL app.offer('classes.write', false, '{"asset_manager": "all"}');
CALL app.offer('classes.delete', false, '{"asset_manager": "all"}');
CALL app.offer('suppliers.read', false, '{"clerk": "all", "asset_manager": "all", "warehouse_manager": "all",
    "finance": "all", "department_head": "all", "maintenance": "all", "auditor": "all", "vice_president": "all",
    "leader": "all"}');
CALL app.offer('suppliers.write', false, '{"clerk": "all", "asset_manager": "all", "warehouse_manager": "all"}');
CALL app.offer('suppliers.delete', false, '{"asset_manager": "all", "warehouse_manager": "all"}');
CALL app.offer('departments.write', false, '{"asset_manager": "all"}');
CALL app.offer('departments.delete', false, '{"asset_manager": "all"}');
-- Names of people stand in every ledger, so everybody sees them; numbers of identity cards and phones are another matter.
CALL app.offer('staff.read', true, '{"clerk": "all", "asset_manager": "all", "warehouse_manager": "all",
    "finance": "all", "department_head": "all", "dispatcher": "all", "venue_manager": "all", "maintenance": "all",
    "auditor": "all", "vice_president": "all", "leader": "all"}');
CALL app.offer('staff.write', true, '{"asset_manager": "all"}');
CALL app.offer('staff.delete', true, '{"asset_manager": "all"}');
CALL app.offer('staff.sensitive', true, '{"clerk": "own", "asset_manager": "own", "warehouse_manager": "own",
    "finance": "own", "department_head": "below", "dispatcher": "own", "venue_manager": "own", "maintenance": "own",
    "auditor": "own"}');
CALL app.offer('locations.write', false, '{"asset_manager": "all", "venue_manager": "all"}');
CALL app.offer('locations.delete', false, '{"asset_manager": "all", "venue_manager": "all"}');
CALL app.offer('depreciation.read', false, '{"finance": "all", "asset_manager": "all", "auditor": "all"}');
CALL app.offer('depreciation.write', false, '{"finance": "all"}');
CALL app.offer('depreciation.run', false, '{"finance": "all"}');
CALL app.offer('depreciation.close', false, '{"finance": "all"}');
CALL app.offer('labels.write', false, '{"clerk": "all", "asset_manager": "all", "warehouse_manager": "all"}');
CALL app.offer('import', false, '{"clerk": "all", "asset_manager": "all", "warehouse_manager": "all", "finance": "all"}');
CALL app.offer('audit.read', false, '{"auditor": "all"}');
CALL app.offer('settings.write', false);
CALL app.offer('users.manage', false);
CALL app.offer('posts.manage', false);
