-- The permission matrix: what one needs for the rows of each table. A new part of the program calls app.protect in a
-- file of its own; without that nobody but the owner sees its table, and a test fails.

CALL app.protect('asset', 'assets.read', 'assets.write', 'assets.delete', department => 'department_id', own => 'keeper_id');
CALL app.protect('asset_class', '*', 'classes.write', 'classes.delete');
CALL app.protect('asset_class_map', '*', 'classes.write', 'classes.delete');
CALL app.protect('supplier', 'suppliers.read', 'suppliers.write', 'suppliers.delete');
CALL app.protect('department', '*', 'departments.write', 'departments.delete');
CALL app.protect('staff', 'staff.read', 'staff.write', 'staff.delete', department => 'department_id', own => 'id');
CALL app.protect('location', '*', 'locations.write', 'locations.delete');
CALL app.protect('label_design', '*', 'labels.write', 'labels.write');
CALL app.protect('header_map', '*', 'import', 'import');
CALL app.protect('setting', '*', 'settings.write', 'settings.write');
CALL app.protect('number_counter', '*', 'assets.write');
CALL app.protect('permission', '*');
CALL app.protect('protection', '*');
CALL app.protect('post', '*', 'posts.manage', 'posts.manage');

-- Nobody takes anything from the administrator, and the posts that come with the program stay.
CREATE POLICY builtin ON app.post AS RESTRICTIVE FOR DELETE TO logistics_user USING (NOT builtin);
CALL app.protect_by_hand('post_permission', 'all read; posts.manage writes, but never the administrator''s');
CREATE POLICY read ON app.post_permission FOR SELECT TO logistics_user USING ((SELECT app.is_user()));
CREATE POLICY added ON app.post_permission FOR INSERT TO logistics_user
    WITH CHECK (post <> 'administrator' AND (SELECT app.may('posts.manage')));
CREATE POLICY changed ON app.post_permission FOR UPDATE TO logistics_user
    USING (post <> 'administrator' AND (SELECT app.may('posts.manage')))
    WITH CHECK (post <> 'administrator' AND (SELECT app.may('posts.manage')));
CREATE POLICY removed ON app.post_permission FOR DELETE TO logistics_user
    USING (post <> 'administrator' AND (SELECT app.may('posts.manage')));

-- The title of a step names an asset, so whoever does not see all of them sees their own steps.
CALL app.protect_by_hand('operation', 'one''s own; all for who sees all assets; assets.write writes');
CREATE POLICY read ON app.operation FOR SELECT TO logistics_user
    USING (who = session_user AND (SELECT app.is_user()) OR (SELECT app.reaches_all('assets.read')));
CREATE POLICY added ON app.operation FOR INSERT TO logistics_user WITH CHECK ((SELECT app.may('assets.write')));
CREATE POLICY changed ON app.operation FOR UPDATE TO logistics_user
    USING ((SELECT app.may('assets.write')) AND (who = session_user OR (SELECT app.reaches_all('assets.read'))));

-- Accounts are made and changed by functions only; everybody reads their own.
CALL app.protect_by_hand('account', 'one''s own; all for users.manage');
CREATE POLICY read ON app.account FOR SELECT TO logistics_user
    USING (login = session_user OR (SELECT app.may('users.manage')));
CALL app.protect_by_hand('account_post', 'one''s own; all for users.manage');
CREATE POLICY read ON app.account_post FOR SELECT TO logistics_user
    USING (login = session_user OR (SELECT app.may('users.manage')));

-- The version of the tables is read before anybody is known.
CALL app.protect_by_hand('alembic_version', 'whoever can connect reads');
CREATE POLICY read ON app.alembic_version FOR SELECT TO logistics_user USING (true);

CALL app.protect_by_hand('import_batch', 'import or audit.read reads, import writes');
CREATE POLICY read ON app.import_batch FOR SELECT TO logistics_user
    USING ((SELECT app.may('import')) OR (SELECT app.may('audit.read')));
CREATE POLICY added ON app.import_batch FOR INSERT TO logistics_user WITH CHECK ((SELECT app.may('import')));
CREATE POLICY changed ON app.import_batch FOR UPDATE TO logistics_user USING ((SELECT app.may('import')));
