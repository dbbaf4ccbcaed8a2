-- Whoever saved a view changes it; others see what is shared with everybody ('*') or with their post. A post is what the
-- staff ledger says of the person with this login, and all may write there: this sorts views, it keeps no secrets.

ALTER TABLE app.view ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen ON app.view;
CREATE POLICY seen ON app.view FOR SELECT USING (
    created_by = session_user OR shared_with = '*'
    OR shared_with = (SELECT post FROM app.staff WHERE login = session_user));
DROP POLICY IF EXISTS made ON app.view;
CREATE POLICY made ON app.view FOR INSERT WITH CHECK (created_by = session_user);
DROP POLICY IF EXISTS changed ON app.view;
CREATE POLICY changed ON app.view FOR UPDATE USING (created_by = session_user);
DROP POLICY IF EXISTS deleted ON app.view;
CREATE POLICY deleted ON app.view FOR DELETE USING (created_by = session_user);

ALTER TABLE app.view_choice ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON app.view_choice;
CREATE POLICY own ON app.view_choice USING (login = session_user);
