-- A task that goes to others: handed over for good, delegated and coming back, shared with added signers.

-- Nobody is asked who cannot answer, who requests it, or who is asked here already.
CREATE OR REPLACE FUNCTION app.approval_may_ask(t app.approval_task, person bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF app.approval_present(ARRAY[person]) = '{}' THEN
        RAISE EXCEPTION 'approval: cannot sign' USING ERRCODE = 'P0454', CONSTRAINT = 'absent';
    ELSIF person = (SELECT requester_id FROM app.approval_case WHERE id = t.case_id) THEN
        RAISE EXCEPTION 'approval: their own request' USING ERRCODE = 'P0452';
    ELSIF EXISTS (SELECT FROM app.approval_task o WHERE o.case_id = t.case_id AND o.visit = t.visit AND o.staff_id = person
                  AND o.state IN ('open', 'queued', 'held', 'signed')) THEN
        RAISE EXCEPTION 'approval: asked already' USING ERRCODE = 'P0454', CONSTRAINT = 'asked_already';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION app.approval_give(the_task bigint, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task;
BEGIN
    UPDATE app.approval_task SET staff_id = person WHERE id = the_task RETURNING * INTO t;
    IF t.state = 'open' THEN
        PERFORM app.approval_open_task(the_task);
    END IF;
    PERFORM app.approval_show(t.case_id, ARRAY[person]);
END $$;

CREATE OR REPLACE FUNCTION app.approval_hand_over(the_task bigint, person bigint, said text, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task := app.approval_begin(the_task, 'hand_over', request_key);
BEGIN
    IF t.id IS NOT NULL THEN
        PERFORM app.approval_may_ask(t, person);
        PERFORM app.approval_write(t.case_id, t.id, 'hand_over', request_key, said,
                                   jsonb_build_object('to', app.approval_names(ARRAY[person])));
        PERFORM app.approval_give(t.id, person);
    END IF;
    RETURN app.approval_state(the_task);
END $$;

-- Tasks below another one, for persons who sign or speak before it goes on.
CREATE OR REPLACE FUNCTION app.approval_ask_below(t app.approval_task, the_mode text, people bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    person bigint;
BEGIN
    IF coalesce(people, '{}') = '{}' THEN
        RAISE EXCEPTION 'approval: nobody named' USING ERRCODE = 'P0454', CONSTRAINT = 'absent';
    END IF;
    FOREACH person IN ARRAY people LOOP
        PERFORM app.approval_may_ask(t, person);
        INSERT INTO app.approval_task (case_id, visit, position, step, mode, staff_id, parent_id, state, together, hours, late,
                                       opened_at, due_at)
        VALUES (t.case_id, t.visit, t.position, t.step, the_mode, person, t.id, 'open', t.together, t.hours, t.late,
                clock_timestamp(), clock_timestamp() + make_interval(hours => t.hours));
    END LOOP;
    PERFORM app.approval_show(t.case_id, people);
END $$;

CREATE OR REPLACE FUNCTION app.approval_delegate(the_task bigint, person bigint, said text, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task := app.approval_begin(the_task, 'delegate', request_key);
BEGIN
    IF t.id IS NOT NULL THEN
        PERFORM app.approval_ask_below(t, 'delegated', ARRAY[person]);
        PERFORM app.approval_write(t.case_id, t.id, 'delegate', request_key, said,
                                   jsonb_build_object('to', app.approval_names(ARRAY[person])));
        UPDATE app.approval_task SET state = 'held' WHERE id = t.id;
    END IF;
    RETURN app.approval_state(the_task);
END $$;

-- Before: they sign, then it is mine again. After: I approve, which counts once they have signed.
CREATE OR REPLACE FUNCTION app.approval_add_signers(
    the_task bigint, people bigint[], before boolean, said text, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    action CONSTANT text := CASE WHEN before THEN 'add_before' ELSE 'add_after' END;
    t app.approval_task := app.approval_begin(the_task, action, request_key);
BEGIN
    IF t.id IS NOT NULL THEN
        PERFORM app.approval_ask_below(t, 'added', people);
        PERFORM app.approval_write(t.case_id, t.id, action, request_key, said,
                                   jsonb_build_object('to', app.approval_names(people)));
        UPDATE app.approval_task
        SET state = CASE WHEN before THEN 'held' ELSE 'signed' END,
            decided_by = CASE WHEN NOT before THEN app.my_staff() END
        WHERE id = t.id;
    END IF;
    RETURN app.approval_state(the_task);
END $$;

-- Take back what I delegated, or the signers whom I added before me, while they have not all spoken.
CREATE OR REPLACE FUNCTION app.approval_take_back(the_task bigint, said text, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task := app.approval_begin(the_task, 'take_back', request_key);
BEGIN
    IF t.id IS NOT NULL THEN
        PERFORM app.approval_write(t.case_id, t.id, 'take_back', request_key, said);
        WITH RECURSIVE below (id) AS (
            SELECT o.id FROM app.approval_task o WHERE o.parent_id = t.id
            UNION ALL SELECT o.id FROM app.approval_task o JOIN below b ON o.parent_id = b.id)
        UPDATE app.approval_task SET state = 'cancelled', done_at = clock_timestamp()
        WHERE id IN (SELECT id FROM below) AND state IN ('open', 'queued', 'held', 'signed');
        PERFORM app.approval_open_task(t.id);
    END IF;
    RETURN app.approval_state(the_task);
END $$;
