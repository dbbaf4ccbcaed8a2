-- A case on its way: step after step until somebody has to sign, and what follows when a step is settled. Nobody calls
-- these functions but the others of the engine, which hold the lock of the case.

-- What is written of each thing that is done; `the_task` is whose it was, and shows for whom somebody stood in.
CREATE OR REPLACE FUNCTION app.approval_write(
    the_case bigint, the_task bigint, the_action text, request_key uuid, said text DEFAULT '', more jsonb DEFAULT '{}')
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task;
    me CONSTANT bigint := CASE WHEN request_key IS NOT NULL THEN app.approval_me() END;
BEGIN
    SELECT * INTO t FROM app.approval_task WHERE id = the_task;
    INSERT INTO app.approval_decision (request, case_id, task_id, who_id, for_id, action, step, comment, details)
    VALUES (request_key, the_case, the_task, me, CASE WHEN t.staff_id <> me THEN t.staff_id END, the_action, t.step,
            coalesce(said, ''), more);
END $$;

CREATE OR REPLACE FUNCTION app.approval_show(the_case bigint, persons bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp AS $$
    INSERT INTO app.approval_participant (case_id, staff_id) SELECT the_case, p FROM unnest(persons) p
    ON CONFLICT DO NOTHING
$$;

CREATE OR REPLACE FUNCTION app.approval_send_copies(the_case bigint, persons bigint[], sender bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    INSERT INTO app.approval_copy (case_id, staff_id, by_id) SELECT the_case, p, sender FROM unnest(persons) p
    ON CONFLICT DO NOTHING;
    PERFORM app.approval_show(the_case, persons);
END $$;

CREATE OR REPLACE FUNCTION app.approval_open_task(the_task bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp AS $$
    UPDATE app.approval_task
    SET state = 'open', opened_at = clock_timestamp(), due_at = clock_timestamp() + make_interval(hours => hours)
    WHERE id = the_task
$$;

-- Go on from a place of the path: past copies and what is signed already, to the next step that somebody must sign, or
-- to the end. `signed` need not sign the first step that is come to; NULL means those who have just signed another one.
CREATE OR REPLACE FUNCTION app.approval_go(the_case bigint, start integer, signed bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    c app.approval_case;
    step record;
    before bigint[] := signed;
BEGIN
    SELECT * INTO c FROM app.approval_case WHERE id = the_case;
    FOR step IN SELECT * FROM app.approval_path(the_case) p WHERE p.place >= start ORDER BY p.place LOOP
        IF step.kind = 'copy' THEN
            PERFORM app.approval_send_copies(the_case, step.people, NULL);
            CONTINUE;
        END IF;
        IF step.why IN ('nobody', 'choice') THEN
            RAISE EXCEPTION 'approval: nobody signs the step %', step.name
                USING ERRCODE = CASE step.why WHEN 'nobody' THEN 'P0453' ELSE 'P0462' END, DETAIL = step.name;
        END IF;
        IF step.why IN ('own', 'administrator') THEN
            PERFORM app.approval_write(the_case, NULL, CASE step.why WHEN 'own' THEN 'skip' ELSE 'to_keeper' END, NULL, '',
                                       jsonb_build_object('step', step.name, 'why', step.why));
        END IF;
        CONTINUE WHEN step.people = '{}';
        IF before IS NULL THEN
            before := app.approval_signed_just_now(the_case, c.visit);
        END IF;
        c.visit := c.visit + 1;
        UPDATE app.approval_case SET position = step.place, visit = c.visit WHERE id = the_case;
        EXIT WHEN app.approval_ask(the_case, c.visit, step.place, step.name, step.mode, step.people, before, step.why,
                                   step.together, step.hours, step.late);
        before := NULL;
    END LOOP;
    IF NOT EXISTS (SELECT FROM app.approval_task t WHERE t.case_id = the_case AND t.visit = c.visit
                   AND t.state IN ('open', 'queued')) THEN
        PERFORM app.approval_end(the_case, 'approved');
    END IF;
END $$;

-- Who signed the step before this one with their own hand: they need not sign again (setting of the route).
CREATE OR REPLACE FUNCTION app.approval_signed_just_now(the_case bigint, the_visit integer) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
    SELECT coalesce(array_agg(t.staff_id), '{}')
    FROM app.approval_case c JOIN app.approval_version v ON v.id = c.version_id
    JOIN app.approval_task t ON t.case_id = c.id AND t.visit = the_visit
    WHERE c.id = the_case AND coalesce(v.definition->>'same_person', 'once') = 'once'
      AND t.mode IN ('any', 'all', 'turn')
      AND (t.state = 'skipped' OR t.state = 'approved' AND t.decided_by = t.staff_id)
$$;

-- Give the persons of a step their tasks. Says whether anybody is left to sign.
CREATE OR REPLACE FUNCTION app.approval_ask(
    the_case bigint, the_visit integer, place integer, step text, the_mode text, people bigint[], before bigint[],
    the_why text, is_together boolean, its_hours integer, its_late text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    settled CONSTANT boolean := CASE the_mode WHEN 'any' THEN people && before ELSE people <@ before END;
    first_turn CONSTANT integer := (SELECT min(i) FROM generate_subscripts(people, 1) i WHERE people[i] <> ALL (before));
BEGIN
    INSERT INTO app.approval_task (case_id, visit, position, step, mode, turn, staff_id, state, why, together, hours, late,
                                   opened_at, due_at, done_at)
    SELECT the_case, the_visit, place, step, the_mode, p.turn, p.person, s.state, the_why, is_together, its_hours, its_late,
           CASE WHEN s.state = 'open' THEN clock_timestamp() END,
           CASE WHEN s.state = 'open' THEN clock_timestamp() + make_interval(hours => its_hours) END,
           CASE WHEN s.state = 'skipped' THEN clock_timestamp() END
    FROM unnest(people) WITH ORDINALITY AS p (person, turn)
    CROSS JOIN LATERAL (SELECT CASE WHEN p.person = ANY (before) THEN 'skipped'
                                    WHEN the_mode = 'turn' AND p.turn > first_turn THEN 'queued' ELSE 'open' END) s (state)
    WHERE s.state = 'skipped' OR NOT settled;
    PERFORM app.approval_show(the_case, people);
    RETURN NOT settled;
END $$;

CREATE OR REPLACE FUNCTION app.approval_end(the_case bigint, the_state text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.approval_cancel(the_case);
    UPDATE app.approval_case SET state = the_state, ended_at = clock_timestamp() WHERE id = the_case;
    PERFORM app.approval_moved(the_case);
END $$;

CREATE OR REPLACE FUNCTION app.approval_cancel(the_case bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp AS $$
    UPDATE app.approval_task SET state = 'cancelled', done_at = clock_timestamp()
    WHERE case_id = the_case AND state IN ('open', 'queued', 'held', 'signed')
$$;

-- A task is over: give the word back to whoever added or delegated it, or see whether the step is settled.
CREATE OR REPLACE FUNCTION app.approval_finish(the_task bigint, the_state text, decider bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task;
    above app.approval_task;
BEGIN
    UPDATE app.approval_task
    SET state = the_state, done_at = clock_timestamp(), decided_by = coalesce(decided_by, decider)
    WHERE id = the_task RETURNING * INTO t;
    IF t.parent_id IS NULL THEN
        PERFORM app.approval_settle(t.case_id);
    ELSIF NOT EXISTS (SELECT FROM app.approval_task o
                      WHERE o.parent_id = t.parent_id AND o.state IN ('open', 'queued', 'held', 'signed')) THEN
        SELECT * INTO above FROM app.approval_task WHERE id = t.parent_id;
        IF above.state = 'held' THEN
            PERFORM app.approval_open_task(above.id);
        ELSIF above.state = 'signed' THEN
            PERFORM app.approval_finish(above.id, 'approved', NULL);
        END IF;
    END IF;
END $$;

-- Go on if the step that the case stands at is settled: one signature for `any`, all of them otherwise.
CREATE OR REPLACE FUNCTION app.approval_settle(the_case bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    c app.approval_case;
    approved integer;
    waiting integer;
    active integer;
    the_mode text;
    next_turn bigint;
BEGIN
    SELECT * INTO c FROM app.approval_case WHERE id = the_case;
    SELECT count(*) FILTER (WHERE state IN ('approved', 'skipped')),
           count(*) FILTER (WHERE state IN ('open', 'queued', 'held', 'signed')),
           count(*) FILTER (WHERE state IN ('open', 'held', 'signed')), min(mode),
           (array_agg(id ORDER BY turn) FILTER (WHERE state = 'queued'))[1]
    INTO approved, waiting, active, the_mode, next_turn
    FROM app.approval_task WHERE case_id = the_case AND visit = c.visit AND parent_id IS NULL;
    IF the_mode = 'any' AND approved > 0 OR waiting = 0 THEN
        PERFORM app.approval_cancel(the_case);
        IF c.back_position IS NOT NULL THEN
            UPDATE app.approval_case SET back_position = NULL, back_signed = NULL WHERE id = the_case;
            PERFORM app.approval_go(the_case, c.back_position, c.back_signed);
        ELSE
            PERFORM app.approval_go(the_case, c.position + 1, NULL);
        END IF;
    ELSIF the_mode = 'turn' AND active = 0 THEN
        PERFORM app.approval_open_task(next_turn);
    END IF;
END $$;
