-- Persons who are away, who leave, or who let a task lie: somebody else gets the tasks, and the case says so.

-- Let somebody stand in for a person from one day to another. For others than oneself with approvals.manage.
CREATE OR REPLACE FUNCTION app.approval_stand_in_set(person bigint, deputy bigint, first_day date, last_day date, said text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    IF person IS DISTINCT FROM app.approval_me() THEN
        PERFORM app.approval_must('approvals.manage');
        IF deputy = app.approval_me() AND app.approval_present(ARRAY[person]) <> '{}' THEN
            -- Managing approvals is no way to decide in the place of somebody who is there.
            RAISE EXCEPTION 'approval: not to oneself' USING ERRCODE = 'P0454', CONSTRAINT = 'oneself';
        END IF;
    END IF;
    IF app.approval_present(ARRAY[deputy]) = '{}' OR deputy = person THEN
        RAISE EXCEPTION 'approval: cannot sign' USING ERRCODE = 'P0454', CONSTRAINT = 'absent';
    ELSIF (CASE WHEN last_day < first_day THEN true ELSE EXISTS (
        SELECT FROM app.approval_stand_in s WHERE s.staff_id = person
        AND daterange(s.starts_on, s.ends_on, '[]') && daterange(first_day, last_day, '[]')) END) THEN
        RAISE EXCEPTION 'approval: these days are not free' USING ERRCODE = 'P0467';
    END IF;
    INSERT INTO app.approval_stand_in (staff_id, stand_in_id, starts_on, ends_on, note)
    VALUES (person, deputy, first_day, last_day, coalesce(said, '')) RETURNING id INTO made;
    RETURN made;
END $$;

-- End it as of yesterday, or take it out if it has not begun; what was decided keeps saying for whom.
CREATE OR REPLACE FUNCTION app.approval_stand_in_end(the_stand_in bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF (SELECT s.staff_id FROM app.approval_stand_in s WHERE s.id = the_stand_in) IS DISTINCT FROM app.approval_me() THEN
        PERFORM app.approval_must('approvals.manage');
    END IF;
    DELETE FROM app.approval_stand_in WHERE id = the_stand_in AND starts_on >= app.approval_today();
    UPDATE app.approval_stand_in SET ends_on = app.approval_today() - 1
    WHERE id = the_stand_in AND ends_on >= app.approval_today();
END $$;

-- Give one live task to the first of some persons who may have it. Says to whom, or nothing where none may.
CREATE OR REPLACE FUNCTION app.approval_pass_on(the_task bigint, people bigint[], reason text, by_me boolean)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t app.approval_task;
    c app.approval_case;
    person bigint;
BEGIN
    SELECT o.* INTO c FROM app.approval_case o JOIN app.approval_task k ON k.case_id = o.id
    WHERE k.id = the_task FOR UPDATE OF o;
    SELECT * INTO t FROM app.approval_task WHERE id = the_task;
    people := array_remove(app.approval_present(people), t.staff_id);
    IF t.mode <> 'resubmit' THEN
        people := array_remove(people, c.requester_id);
    END IF;
    IF t.state NOT IN ('open', 'queued', 'held') OR people = '{}' THEN
        RETURN NULL;
    END IF;
    SELECT p INTO person FROM unnest(people) WITH ORDINALITY AS u (p, place)
    WHERE t.state = 'held' OR NOT EXISTS (
        SELECT FROM app.approval_task o WHERE o.case_id = t.case_id AND o.visit = t.visit AND o.staff_id = p
        AND o.parent_id IS NOT DISTINCT FROM t.parent_id AND o.state IN ('open', 'queued', 'held', 'signed'))
    ORDER BY place LIMIT 1;
    INSERT INTO app.approval_decision (case_id, task_id, who_id, for_id, action, step, details)
    VALUES (t.case_id, t.id, CASE WHEN by_me THEN app.my_staff() END, t.staff_id, 'pass_on', t.step,
            jsonb_build_object('to', app.approval_names(ARRAY[coalesce(person, people[1])]), 'why', reason));
    IF person IS NOT NULL THEN
        PERFORM app.approval_give(t.id, person);
    ELSE
        -- Whoever could take it signs here anyway: one signature is enough.
        PERFORM app.approval_finish(t.id, 'cancelled', NULL);
    END IF;
    RETURN coalesce(person, people[1]);
END $$;

-- Somebody cannot sign any more: the stand-in gets what is open, or else the administrator of each route.
CREATE OR REPLACE FUNCTION app.approval_absent(person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT id, case_id FROM app.approval_task
             WHERE staff_id = person AND state IN ('open', 'queued', 'held') ORDER BY case_id, id LOOP
        PERFORM app.approval_pass_on(t.id, ARRAY(
            SELECT s.stand_in_id FROM app.approval_stand_in s
            WHERE s.staff_id = person AND app.approval_today() BETWEEN s.starts_on AND s.ends_on)
            || app.approval_keepers(t.case_id), 'absent', false);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION app.approval_notice_absence() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'staff' THEN
        PERFORM app.approval_absent(NEW.id);
    ELSIF NEW.staff_id IS NOT NULL THEN
        PERFORM app.approval_absent(NEW.staff_id);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER approvals_of_the_absent AFTER UPDATE OF status ON app.staff
    FOR EACH ROW WHEN (NEW.status <> 'active' AND OLD.status = 'active') EXECUTE FUNCTION app.approval_notice_absence();
CREATE OR REPLACE TRIGGER approvals_of_the_absent AFTER UPDATE OF active ON app.account
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION app.approval_notice_absence();

-- Hand all that waits for a person to another, and end what they stand in for. Says how many tasks went. What would be
-- the successor's own request goes to the route's administrator. Repeated, there is nothing left to hand.
CREATE OR REPLACE FUNCTION app.approval_hand_all(person bigint, successor bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t record;
    went integer := 0;
BEGIN
    PERFORM app.approval_must('approvals.manage');
    IF app.approval_present(ARRAY[successor]) = '{}' OR successor = person THEN
        RAISE EXCEPTION 'approval: cannot sign' USING ERRCODE = 'P0454', CONSTRAINT = 'absent';
    ELSIF successor = app.approval_me() AND app.approval_present(ARRAY[person]) <> '{}' THEN
        -- Managing approvals is no way to decide in the place of somebody who is there.
        RAISE EXCEPTION 'approval: not to oneself' USING ERRCODE = 'P0454', CONSTRAINT = 'oneself';
    END IF;
    FOR t IN SELECT id, case_id FROM app.approval_task
             WHERE staff_id = person AND state IN ('open', 'queued', 'held') ORDER BY case_id, id LOOP
        IF app.approval_pass_on(t.id, ARRAY[successor] || app.approval_keepers(t.case_id), 'leaves', true) IS NOT NULL THEN
            went := went + 1;
        END IF;
    END LOOP;
    DELETE FROM app.approval_stand_in WHERE stand_in_id = person AND starts_on >= app.approval_today();
    UPDATE app.approval_stand_in SET ends_on = app.approval_today() - 1
    WHERE stand_in_id = person AND ends_on >= app.approval_today();
    RETURN went;
END $$;

-- Tasks past their time go to the administrator where the route says so. Any open window may ask for this.
CREATE OR REPLACE FUNCTION app.approval_sweep() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    t record;
    went integer := 0;
BEGIN
    FOR t IN SELECT id, case_id FROM app.approval_task
             WHERE state = 'open' AND due_at < now() AND late = 'administrator' AND coalesce(why, '') <> 'late'
             ORDER BY case_id, id LOOP
        IF app.approval_pass_on(t.id, app.approval_keepers(t.case_id), 'late', false) IS NOT NULL THEN
            UPDATE app.approval_task SET why = 'late', late = 'remind' WHERE id = t.id;
            went := went + 1;
        END IF;
    END LOOP;
    RETURN went;
END $$;
