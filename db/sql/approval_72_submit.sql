-- What the requester does: submit, submit again after a return, withdraw. The document itself says, by its hook, what is
-- to be approved; no client can have another form approved than the one that is stored.

CREATE OR REPLACE FUNCTION app.approval_published(the_kind text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    found jsonb;
BEGIN
    SELECT v.definition INTO found FROM app.approval_route r JOIN app.approval_version v ON v.route_id = r.id
    WHERE r.kind = the_kind AND v.state = 'published';
    IF found IS NULL THEN
        RAISE EXCEPTION 'approval: no route is published for %', the_kind USING ERRCODE = 'P0455', DETAIL = the_kind;
    END IF;
    RETURN found;
END $$;

-- The whole path must have persons before a case sets out.
CREATE OR REPLACE FUNCTION app.approval_check_path(the_case bigint) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    step record;
    keys text[] := '{}';
    signers integer := 0;
BEGIN
    FOR step IN SELECT * FROM app.approval_path(the_case) p ORDER BY p.place LOOP
        keys := keys || step.key;
        signers := signers + CASE WHEN step.kind = 'approve' THEN cardinality(step.people) ELSE 0 END;
        IF step.why IN ('nobody', 'choice') THEN
            RAISE EXCEPTION 'approval: nobody signs the step %', step.name
                USING ERRCODE = CASE step.why WHEN 'nobody' THEN 'P0453' ELSE 'P0462' END, DETAIL = step.name;
        END IF;
    END LOOP;
    IF signers = 0 THEN
        RAISE EXCEPTION 'approval: nobody signs' USING ERRCODE = 'P0453', DETAIL = '';
    END IF;
    RETURN keys;
END $$;

CREATE OR REPLACE FUNCTION app.approval_submit(the_kind text, document bigint, choices jsonb, request_key uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    me CONSTANT bigint := app.approval_me();
    c app.approval_case;
    taken jsonb;
BEGIN
    PERFORM app.approval_sees_others();
    -- The same click sent twice waits here, before the document takes its number.
    PERFORM pg_advisory_xact_lock(7120, hashtext(request_key::text));
    SELECT * INTO c FROM app.approval_case WHERE request = request_key;
    IF c.id IS NOT NULL THEN
        IF (c.requester_id, c.kind, c.document_id) IS DISTINCT FROM (me, the_kind, document) THEN
            RAISE EXCEPTION 'approval: the key was used for something else' USING ERRCODE = 'P0459';
        END IF;
        RETURN c.id;
    END IF;
    IF EXISTS (SELECT FROM app.approval_case o WHERE o.kind = the_kind AND o.document_id = document
               AND o.state IN ('running', 'returned')) THEN
        RAISE EXCEPTION 'approval: it is on its way already' USING ERRCODE = 'P0465';
    END IF;
    PERFORM app.approval_published(the_kind);
    taken := app.approval_take(the_kind, document);
    BEGIN
        INSERT INTO app.approval_case (request, kind, document_id, number, title, form, choices, version_id, requester_id,
                                       department_id)
        SELECT request_key, the_kind, document, taken->>'number', taken->>'title', taken->'form', coalesce(choices, '{}'),
               v.id, me, (SELECT s.department_id FROM app.staff s WHERE s.id = me)
        FROM app.approval_route r JOIN app.approval_version v ON v.route_id = r.id AND v.state = 'published'
        WHERE r.kind = the_kind
        RETURNING * INTO c;
    EXCEPTION WHEN unique_violation THEN  -- somebody was quicker
        RAISE EXCEPTION 'approval: it is on its way already' USING ERRCODE = 'P0465';
    END;
    UPDATE app.approval_case SET path_keys = app.approval_check_path(c.id) WHERE id = c.id;
    PERFORM app.approval_show(c.id, ARRAY[me]);
    PERFORM app.approval_write(c.id, NULL, 'submit', request_key);
    PERFORM app.approval_moved(c.id);
    PERFORM app.approval_go(c.id, 1, '{}');
    RETURN c.id;
END $$;

-- The fields that decide between the branches of a route.
CREATE OR REPLACE FUNCTION app.approval_deciding(steps jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = app, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT f #>> '{}'), '{}') FROM jsonb_path_query(steps, 'strict $.**."when"[*]."field"') f
$$;

-- Submit again what was returned. Straight back to who returned it only where the route says so, and neither the path
-- nor a field that decides the path has changed; otherwise through every step again.
CREATE OR REPLACE FUNCTION app.approval_resubmit(the_task bigint, new_choices jsonb, said text, request_key uuid)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task := app.approval_begin(the_task, 'resubmit', request_key);
    c app.approval_case;
    taken jsonb;
    keys text[];
    straight boolean;
BEGIN
    IF t.id IS NULL THEN
        RETURN app.approval_state(the_task);
    END IF;
    SELECT * INTO c FROM app.approval_case WHERE id = t.case_id;
    taken := app.approval_take(c.kind, c.document_id);
    UPDATE app.approval_case
    SET form = taken->'form', number = taken->>'number', title = taken->>'title', choices = coalesce(new_choices, choices),
        state = 'running', back_position = NULL, back_signed = NULL
    WHERE id = c.id;
    keys := app.approval_check_path(c.id);
    straight := c.back_position IS NOT NULL AND keys = c.path_keys AND NOT EXISTS (
        SELECT FROM app.approval_version v, unnest(app.approval_deciding(v.definition->'steps')) f
        WHERE v.id = c.version_id AND c.form->f IS DISTINCT FROM taken->'form'->f);
    UPDATE app.approval_case SET path_keys = keys WHERE id = c.id;
    PERFORM app.approval_write(c.id, t.id, 'resubmit', request_key, said,
                               jsonb_build_object('straight', straight, 'before', c.form));
    UPDATE app.approval_task SET state = 'approved', done_at = clock_timestamp(), decided_by = app.my_staff()
    WHERE id = t.id;
    PERFORM app.approval_moved(c.id);
    IF straight THEN
        PERFORM app.approval_go(c.id, c.back_position, c.back_signed);
    ELSE
        PERFORM app.approval_go(c.id, 1, '{}');
    END IF;
    RETURN app.approval_state(the_task);
END $$;

-- Take a request back, while nobody has decided on it since it was submitted, or when it was returned.
CREATE OR REPLACE FUNCTION app.approval_withdraw(the_case bigint, said text, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    c app.approval_case := app.approval_begin_case(the_case, 'withdraw', request_key);
BEGIN
    IF c.id IS NOT NULL THEN
        IF NOT app.approval_is_requesters(c.id) THEN
            RAISE EXCEPTION 'approval: not yours' USING ERRCODE = 'P0450';
        END IF;
        IF c.state = 'running' AND EXISTS (
            SELECT FROM app.approval_decision d WHERE d.case_id = c.id AND d.task_id IS NOT NULL AND d.who_id IS NOT NULL
            AND d.id > (SELECT max(s.id) FROM app.approval_decision s
                        WHERE s.case_id = c.id AND s.action IN ('submit', 'resubmit'))) THEN
            RAISE EXCEPTION 'approval: somebody has decided already' USING ERRCODE = 'P0458';
        END IF;
        PERFORM app.approval_write(c.id, NULL, 'withdraw', request_key, said);
        PERFORM app.approval_end(c.id, 'withdrawn');
    END IF;
    RETURN (SELECT state FROM app.approval_case WHERE id = the_case);
END $$;
