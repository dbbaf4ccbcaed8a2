-- What the person whose task it is does with it. Each function locks the case, so that of two decisions at the same
-- moment the second sees the first, and each takes a key that the client made: repeated, it changes nothing.

-- Whether this key was worked off already. Raises P0459 where it was for something else.
CREATE OR REPLACE FUNCTION app.approval_repeated(request_key uuid, the_case bigint, the_action text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    d app.approval_decision;
BEGIN
    IF request_key IS NULL THEN
        RAISE EXCEPTION 'approval: a key is needed' USING ERRCODE = 'P0459';
    END IF;
    SELECT * INTO d FROM app.approval_decision WHERE request = request_key;
    IF d.id IS NULL THEN
        RETURN false;
    ELSIF (d.case_id, d.action, d.login) IS DISTINCT FROM (the_case, the_action::varchar, session_user::varchar) THEN
        RAISE EXCEPTION 'approval: the key was used for something else' USING ERRCODE = 'P0459';
    END IF;
    RETURN true;
END $$;

-- The lock of the case is worth something only to who then sees what the one before did.
CREATE OR REPLACE FUNCTION app.approval_sees_others() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = app, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'approval: only in transactions that are READ COMMITTED' USING ERRCODE = 'feature_not_supported';
    END IF;
END $$;

-- Lock the case of a task and see that I may do this with it now; nothing (NULL) if I have done it already.
CREATE OR REPLACE FUNCTION app.approval_begin(the_task bigint, the_action text, request_key uuid) RETURNS app.approval_task
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    me CONSTANT bigint := app.approval_me();
    t app.approval_task;
    c app.approval_case;
BEGIN
    PERFORM app.approval_sees_others();
    SELECT o.* INTO c FROM app.approval_case o JOIN app.approval_task k ON k.case_id = o.id
    WHERE k.id = the_task FOR UPDATE OF o;
    IF app.approval_repeated(request_key, c.id, the_action) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO t FROM app.approval_task WHERE id = the_task;
    IF t.id IS NULL OR t.staff_id NOT IN (SELECT app.approval_mine()) THEN
        RAISE EXCEPTION 'approval: not your task' USING ERRCODE = 'P0450';
    END IF;
    IF c.requester_id IN (me, t.staff_id) AND t.mode <> 'resubmit' THEN
        RAISE EXCEPTION 'approval: your own request' USING ERRCODE = 'P0452';
    END IF;
    PERFORM app.approval_outcome(t.mode, t.state, the_action);
    RETURN t;
END $$;

-- The same for what is done to a case as a whole, by whoever may see it.
CREATE OR REPLACE FUNCTION app.approval_begin_case(the_case bigint, the_action text, request_key uuid)
RETURNS app.approval_case
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    c app.approval_case;
BEGIN
    PERFORM app.approval_me();
    PERFORM app.approval_sees_others();
    PERFORM app.approval_must_see(the_case);
    SELECT * INTO c FROM app.approval_case WHERE id = the_case FOR UPDATE;
    IF app.approval_repeated(request_key, the_case, the_action) THEN
        RETURN NULL;
    END IF;
    PERFORM app.approval_outcome('case', c.state, the_action);
    RETURN c;
END $$;

-- The state of the case of a task, which every decision answers.
CREATE OR REPLACE FUNCTION app.approval_state(the_task bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
    SELECT c.state FROM app.approval_task t JOIN app.approval_case c ON c.id = t.case_id WHERE t.id = the_task
$$;

CREATE OR REPLACE FUNCTION app.approval_approve(the_task bigint, said text, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task := app.approval_begin(the_task, 'approve', request_key);
BEGIN
    IF t.id IS NOT NULL THEN
        PERFORM app.approval_write(t.case_id, t.id, 'approve', request_key, said);
        PERFORM app.approval_finish(t.id, 'approved', app.my_staff());
    END IF;
    RETURN app.approval_state(the_task);
END $$;

-- A refusal ends the case, except a delegate's: that is an opinion, and the task comes back.
CREATE OR REPLACE FUNCTION app.approval_refuse(the_task bigint, said text, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task := app.approval_begin(the_task, 'refuse', request_key);
BEGIN
    IF t.id IS NOT NULL THEN
        PERFORM app.approval_needs_words(said);
        PERFORM app.approval_write(t.case_id, t.id, 'refuse', request_key, said);
        IF app.approval_outcome(t.mode, t.state, 'refuse') = 'comes_back' THEN
            PERFORM app.approval_finish(t.id, 'refused', app.my_staff());
        ELSE
            UPDATE app.approval_task SET state = 'refused', done_at = clock_timestamp(), decided_by = app.my_staff()
            WHERE id = t.id;
            PERFORM app.approval_end(t.case_id, 'refused');
        END IF;
    END IF;
    RETURN app.approval_state(the_task);
END $$;

CREATE OR REPLACE FUNCTION app.approval_needs_words(said text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = app, pg_temp AS $$
BEGIN
    IF coalesce(btrim(said), '') = '' THEN
        RAISE EXCEPTION 'approval: a reason is needed' USING ERRCODE = 'P0463';
    END IF;
END $$;

-- Give a case back: to the requester, or to the step at an earlier place of its path. Open siblings are cancelled.
CREATE OR REPLACE FUNCTION app.approval_return(the_task bigint, to_place integer, said text, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task := app.approval_begin(the_task, 'return', request_key);
    c app.approval_case;
    to_step text;
    signed bigint[];
BEGIN
    IF t.id IS NULL THEN
        RETURN app.approval_state(the_task);
    END IF;
    PERFORM app.approval_needs_words(said);
    SELECT * INTO c FROM app.approval_case WHERE id = t.case_id;
    IF to_place IS NOT NULL THEN
        SELECT p.name INTO to_step FROM app.approval_path(c.id) p
        WHERE p.place = to_place AND p.place < c.position AND p.kind = 'approve' AND p.people <> '{}';
        IF to_step IS NULL THEN
            RAISE EXCEPTION 'approval: no such step behind' USING ERRCODE = 'P0466';
        END IF;
    END IF;
    PERFORM app.approval_write(c.id, t.id, 'return', request_key, said,
                               jsonb_strip_nulls(jsonb_build_object('to_place', to_place, 'to_step', to_step)));
    signed := ARRAY(SELECT o.staff_id FROM app.approval_task o WHERE o.case_id = c.id AND o.visit = c.visit
                    AND o.parent_id IS NULL AND o.state IN ('approved', 'skipped'));
    UPDATE app.approval_task SET state = 'returned', done_at = clock_timestamp(), decided_by = app.my_staff()
    WHERE id = t.id;
    PERFORM app.approval_cancel(c.id);
    UPDATE app.approval_case SET back_position = CASE WHEN b.straight THEN c.position END,
                                 back_signed = CASE WHEN b.straight THEN signed END
    FROM (SELECT v.definition->>'resubmit' = 'back' AS straight FROM app.approval_version v WHERE v.id = c.version_id) b
    WHERE id = c.id;
    IF to_place IS NOT NULL THEN
        PERFORM app.approval_go(c.id, to_place, '{}');
    ELSE
        PERFORM app.approval_give_back(c.id);
    END IF;
    RETURN app.approval_state(the_task);
END $$;

-- Ask the requester, or the route's administrator where the requester has left, to submit again or withdraw.
CREATE OR REPLACE FUNCTION app.approval_give_back(the_case bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    c app.approval_case;
    asked bigint;
BEGIN
    SELECT * INTO c FROM app.approval_case WHERE id = the_case;
    asked := coalesce((app.approval_present(ARRAY[c.requester_id]))[1], (app.approval_keepers(the_case))[1], c.requester_id);
    UPDATE app.approval_case SET state = 'returned', position = 0, visit = c.visit + 1 WHERE id = the_case;
    INSERT INTO app.approval_task (case_id, visit, position, step, mode, staff_id, state, why, opened_at)
    VALUES (the_case, c.visit + 1, 0, '', 'resubmit', asked, 'open',
            CASE WHEN asked <> c.requester_id THEN 'administrator' END, clock_timestamp());
    PERFORM app.approval_show(the_case, ARRAY[asked]);
    PERFORM app.approval_moved(the_case);
END $$;

-- The administrators of the route of a case, without its requester.
CREATE OR REPLACE FUNCTION app.approval_keepers(the_case bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
    SELECT array_remove(app.approval_people(v.definition->'administrator', '', c.department_id, c.form, c.choices),
                        c.requester_id)
    FROM app.approval_case c JOIN app.approval_version v ON v.id = c.version_id WHERE c.id = the_case
$$;

-- Whether I am the requester of a case, or was asked to submit it again in the requester's place.
CREATE OR REPLACE FUNCTION app.approval_is_requesters(the_case bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
    SELECT EXISTS (SELECT FROM app.approval_case WHERE id = the_case AND requester_id = app.my_staff())
        OR EXISTS (SELECT FROM app.approval_task WHERE case_id = the_case AND mode = 'resubmit' AND state = 'open'
                   AND staff_id = app.my_staff())
$$;
