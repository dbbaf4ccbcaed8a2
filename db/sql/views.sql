-- Whoever saved a view changes it; others see what is shared with everybody ('*') or with their post. A post is what the
-- staff ledger says of the person with this login, and whoever writes there says it: this sorts views, it keeps no
-- secrets.

CALL app.protect_by_hand('view', 'one''s own, and those shared with everybody or one''s post in the staff ledger');
CREATE POLICY seen ON app.view FOR SELECT TO logistics_user USING (
    created_by = session_user OR (shared_with = '*' AND (SELECT app.is_user()))
    OR shared_with = (SELECT post FROM app.staff WHERE login = session_user));
CREATE POLICY made ON app.view FOR INSERT TO logistics_user
    WITH CHECK (created_by = session_user AND (SELECT app.is_user()));
CREATE POLICY changed ON app.view FOR UPDATE TO logistics_user USING (created_by = session_user);
CREATE POLICY deleted ON app.view FOR DELETE TO logistics_user USING (created_by = session_user);

CALL app.protect_by_hand('view_choice', 'one''s own');
CREATE POLICY own ON app.view_choice TO logistics_user USING (login = session_user);
