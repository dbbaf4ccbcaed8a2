-- Everybody keeps the keys of their own writes; what others have written is nobody's business here.

GRANT INSERT (key, number), UPDATE (number), DELETE ON app.request TO logistics_user;
CALL app.protect_by_hand('request', 'one''s own');
CREATE POLICY own ON app.request TO logistics_user USING (login = session_user) WITH CHECK (login = session_user);
