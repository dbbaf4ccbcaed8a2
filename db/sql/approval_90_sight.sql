-- Who sees what of approvals, what nobody may change, and who may call what.

CALL app.offer('approvals.read_all', false, '{"auditor": "all"}');
CALL app.offer('approvals.routes', false, '{"asset_manager": "all"}');
CALL app.offer('approvals.manage', false, '{"asset_manager": "all"}');

CREATE OR REPLACE FUNCTION app.approval_must(permission text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF NOT app.may(permission) THEN
        RAISE EXCEPTION 'approval: % is needed', permission USING ERRCODE = '42501';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION app.approval_must_see(the_case bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF NOT app.may('approvals.read_all') AND NOT EXISTS (
        SELECT FROM app.approval_participant p WHERE p.case_id = the_case AND p.staff_id IN (SELECT app.approval_mine())) THEN
        RAISE EXCEPTION 'approval: not yours to see' USING ERRCODE = 'P0450';
    END IF;
END $$;

CALL app.protect('approval_kind', '*');
CALL app.protect('approval_rule', '*');
CALL app.protect('approval_route', '*');
CALL app.protect('approval_version', '*');
CALL app.protect('approval_stand_in', '*');

-- A case and all that belongs to it: whoever takes or took part in it, those who stand in for them, approvals.read_all.
CALL app.protect_by_hand('approval_participant', 'oneself and whom one stands in for; approvals.read_all sees all');
CREATE POLICY read ON app.approval_participant FOR SELECT TO logistics_user
    USING ((SELECT app.may('approvals.read_all')) OR staff_id = ANY (ARRAY(SELECT app.approval_mine())));
DO $$
DECLARE
    part record;
BEGIN
    -- One's own rows first, which need no look elsewhere. The look is no EXISTS, because the planner would make that a
    -- list of all cases that one ever took part in, to find the one that is asked for.
    FOR part IN SELECT * FROM (VALUES ('approval_case', 'id', 'requester_id'), ('approval_task', 'case_id', 'staff_id'),
            ('approval_copy', 'case_id', 'staff_id'), ('approval_decision', 'case_id', 'who_id')) AS parts (name, key, own) LOOP
        CALL app.protect_by_hand(part.name, 'whoever takes part in the case; approvals.read_all sees all');
        EXECUTE format('CREATE POLICY read ON app.%1$I FOR SELECT TO logistics_user
            USING ((SELECT app.may(''approvals.read_all'')) OR %3$I = ANY (ARRAY(SELECT app.approval_mine()))
                   OR (SELECT true FROM app.approval_participant p WHERE p.case_id = %1$I.%2$I
                       AND p.staff_id = ANY (ARRAY(SELECT app.approval_mine())) LIMIT 1))',
            part.name, part.key, part.own);
    END LOOP;
END $$;

-- What was decided stays; what is being approved changes only while the requester has it back; an end is an end.
CREATE OR REPLACE FUNCTION app.approval_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'approval_decision' OR TG_OP IN ('DELETE', 'TRUNCATE') THEN
        RAISE EXCEPTION 'app.% is append-only', TG_TABLE_NAME USING ERRCODE = 'P0403';
    ELSIF TG_TABLE_NAME = 'approval_version' THEN
        IF OLD.state <> 'draft' AND (NEW.definition IS DISTINCT FROM OLD.definition OR NEW.state = 'draft') THEN
            RAISE EXCEPTION 'a published route does not change' USING ERRCODE = 'P0461';
        END IF;
    ELSIF OLD.state NOT IN ('running', 'returned') AND NEW.state <> OLD.state
          OR OLD.state <> 'returned' AND (NEW.form, NEW.number, NEW.title) IS DISTINCT FROM (OLD.form, OLD.number, OLD.title)
          OR (NEW.kind, NEW.document_id, NEW.requester_id, NEW.version_id, NEW.request)
             IS DISTINCT FROM (OLD.kind, OLD.document_id, OLD.requester_id, OLD.version_id, OLD.request) THEN
        RAISE EXCEPTION 'what was submitted is frozen' USING ERRCODE = 'P0461';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON app.approval_decision
    FOR EACH ROW EXECUTE FUNCTION app.approval_keep();
CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON app.approval_decision
    FOR EACH STATEMENT EXECUTE FUNCTION app.approval_keep();
CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON app.approval_case
    FOR EACH ROW EXECUTE FUNCTION app.approval_keep();
CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON app.approval_case
    FOR EACH STATEMENT EXECUTE FUNCTION app.approval_keep();
CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON app.approval_version
    FOR EACH ROW EXECUTE FUNCTION app.approval_keep();

-- Two signers of one step are two persons, and nobody signs their own request, whatever wrote the row.
CREATE OR REPLACE FUNCTION app.approval_not_own() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF NEW.mode <> 'resubmit'
       AND (SELECT c.requester_id IN (NEW.staff_id, NEW.decided_by) FROM app.approval_case c WHERE c.id = NEW.case_id) THEN
        RAISE EXCEPTION 'approval: your own request' USING ERRCODE = 'P0452';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER not_own BEFORE INSERT OR UPDATE OF staff_id, decided_by ON app.approval_task
    FOR EACH ROW EXECUTE FUNCTION app.approval_not_own();

GRANT EXECUTE ON FUNCTION app.approval_mine(), app.approval_today(), app.approval_preview(text, jsonb, jsonb),
    app.approval_dry_run(jsonb, bigint, jsonb, jsonb), app.approval_ahead(bigint),
    app.approval_submit(text, bigint, jsonb, uuid), app.approval_resubmit(bigint, jsonb, text, uuid),
    app.approval_withdraw(bigint, text, uuid), app.approval_approve(bigint, text, uuid),
    app.approval_refuse(bigint, text, uuid), app.approval_return(bigint, integer, text, uuid),
    app.approval_hand_over(bigint, bigint, text, uuid), app.approval_delegate(bigint, bigint, text, uuid),
    app.approval_add_signers(bigint, bigint[], boolean, text, uuid), app.approval_take_back(bigint, text, uuid),
    app.approval_urge(bigint, uuid), app.approval_comment(bigint, text, uuid),
    app.approval_copy_to(bigint, bigint[], text, uuid), app.approval_read(bigint),
    app.approval_stand_in_set(bigint, bigint, date, date, text), app.approval_stand_in_end(bigint),
    app.approval_hand_all(bigint, bigint), app.approval_sweep(), app.approval_problems(text, jsonb),
    app.approval_save(text, text, jsonb), app.approval_publish(bigint) TO logistics_user;
