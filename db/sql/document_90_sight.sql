-- Who sees what of documents, what nobody may change, and who may call what.

CALL app.offer('documents.write', true, '{"clerk": "department", "asset_manager": "all", "warehouse_manager": "all",
    "finance": "department", "department_head": "below", "dispatcher": "department", "venue_manager": "department",
    "maintenance": "all", "vice_president": "all", "leader": "all"}');
CALL app.offer('documents.read_all', false, '{"asset_manager": "all", "finance": "all", "auditor": "all"}');

CALL app.protect('document_kind', '*');
CALL app.protect('document_counter', NULL);

CALL app.protect_by_hand('document', 'drafts their maker; otherwise also documents.read_all, whoever takes part in the case, '
    'whoever sees an asset on it');
CREATE POLICY read ON app.document FOR SELECT TO logistics_user USING (
    requester_id = (SELECT app.my_staff())
    OR state <> 'draft' AND ((SELECT app.may('documents.read_all'))
        OR EXISTS (SELECT FROM app.approval_case c WHERE c.kind = document.kind AND c.document_id = document.id)
        OR EXISTS (SELECT FROM app.asset a WHERE a.id = ANY (document.asset_ids))));
CALL app.protect_by_hand('document_line', 'as its document');
CREATE POLICY read ON app.document_line FOR SELECT TO logistics_user
    USING (EXISTS (SELECT FROM app.document d WHERE d.id = document_line.document_id));
CALL app.protect_by_hand('document_hold', 'as its document');
CREATE POLICY read ON app.document_hold FOR SELECT TO logistics_user
    USING (EXISTS (SELECT FROM app.document d WHERE d.id = document_hold.document_id));
CALL app.protect_by_hand('asset_loan', 'as its document');
CREATE POLICY read ON app.asset_loan FOR SELECT TO logistics_user
    USING (EXISTS (SELECT FROM app.document d WHERE d.id = asset_loan.document_id));

-- What was submitted stays, whoever writes; a number is never given back.
CREATE OR REPLACE FUNCTION app.document_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' AND OLD.number IS NOT NULL THEN
        RAISE EXCEPTION 'app.% keeps what has a number', TG_TABLE_NAME USING ERRCODE = 'P0403';
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSIF OLD.number IS DISTINCT FROM NEW.number AND OLD.number IS NOT NULL OR OLD.kind <> NEW.kind
          OR OLD.requester_id <> NEW.requester_id OR OLD.state IN ('effective', 'refused')
          OR OLD.state = 'submitted' AND (OLD.form, OLD.asset_ids) IS DISTINCT FROM (NEW.form, NEW.asset_ids) THEN
        RAISE EXCEPTION 'what was submitted is frozen' USING ERRCODE = 'P0477';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON app.document FOR EACH ROW EXECUTE FUNCTION app.document_keep();
CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON app.document
    FOR EACH STATEMENT EXECUTE FUNCTION app.document_keep();

CREATE OR REPLACE FUNCTION app.document_keep_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM app.document d WHERE d.id = coalesce(NEW.document_id, OLD.document_id)
               AND d.state NOT IN ('draft', 'returned', 'withdrawn')) THEN
        RAISE EXCEPTION 'what was submitted is frozen' USING ERRCODE = 'P0477';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE OR REPLACE TRIGGER keep BEFORE INSERT OR UPDATE OR DELETE ON app.document_line
    FOR EACH ROW EXECUTE FUNCTION app.document_keep_lines();

-- Files hang on a document while its maker works on it (`visible.sql`); what was submitted keeps the files it had.
CREATE OR REPLACE FUNCTION app.document_may_change(the_document bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM app.document d WHERE d.id = the_document
                   AND d.requester_id = app.my_staff() AND d.state IN ('draft', 'returned', 'withdrawn'));
END $$;

CREATE OR REPLACE FUNCTION app.document_preview(the_document bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    d app.document;
BEGIN
    SELECT * INTO d FROM app.document WHERE id = the_document;
    PERFORM app.document_must_be_mine(d);
    RETURN app.document_form(d.id);
END $$;

GRANT EXECUTE ON FUNCTION app.document_save(bigint, text, jsonb, jsonb, integer, uuid), app.document_delete(bigint),
    app.document_available(text, integer), app.document_propose(text, bigint[]), app.document_preview(bigint) TO logistics_user;
