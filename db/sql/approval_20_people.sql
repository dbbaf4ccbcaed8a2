-- Who signs: from what a route says of an approver to persons who can sign in today.

CREATE OR REPLACE FUNCTION app.approval_me() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    me CONSTANT bigint := app.my_staff();
BEGIN
    IF me IS NULL THEN
        RAISE EXCEPTION 'approval: no person behind %', session_user USING ERRCODE = 'P0464';
    END IF;
    RETURN me;
END $$;

-- Days begin here, not where a client says that it is.
CREATE OR REPLACE FUNCTION app.approval_today() RETURNS date
LANGUAGE sql STABLE SET search_path = app, pg_temp AS $$ SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date $$;

-- Whose tasks are mine: my own, and those of the persons whom I stand in for today.
CREATE OR REPLACE FUNCTION app.approval_mine() RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 2 SET search_path = app, pg_temp AS $$
DECLARE
    me CONSTANT bigint := app.my_staff();
BEGIN
    IF me IS NOT NULL THEN
        RETURN NEXT me;
        RETURN QUERY SELECT s.staff_id FROM app.approval_stand_in s
                     WHERE s.stand_in_id = me AND app.approval_today() BETWEEN s.starts_on AND s.ends_on;
    END IF;
END $$;

-- Of these persons those who work here and can sign in, in the same order, each once.
CREATE OR REPLACE FUNCTION app.approval_present(persons bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(s.id ORDER BY p.place)
        FROM (SELECT person, min(place) AS place FROM unnest(persons) WITH ORDINALITY AS u (person, place) GROUP BY 1) p
        JOIN app.staff s ON s.id = p.person
        WHERE s.status = 'active' AND EXISTS (SELECT FROM app.account a WHERE a.staff_id = s.id AND a.active)), '{}');
END $$;

-- Those who hold a post; with a department, those in it, or else in the nearest one above where somebody holds it.
CREATE OR REPLACE FUNCTION app.approval_holders(the_post text, department bigint, anywhere boolean) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    found bigint[];
    at bigint := department;
BEGIN
    FOR levels IN 0 .. 100 LOOP
        SELECT coalesce(array_agg(DISTINCT s.id ORDER BY s.id), '{}') INTO found
        FROM app.account_post p JOIN app.account a ON a.login = p.login AND a.active
        JOIN app.staff s ON s.id = a.staff_id AND s.status = 'active'
        WHERE p.post = the_post AND (anywhere OR s.department_id = at);
        EXIT WHEN anywhere OR found <> '{}' OR at IS NULL;
        SELECT parent_id INTO at FROM app.department WHERE id = at;
    END LOOP;
    RETURN found;
END $$;

-- The head of a department, `levels` up; where there is none (or it is `passed_over`), the next one above.
CREATE OR REPLACE FUNCTION app.approval_head(department bigint, levels integer, passed_over bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    at bigint := department;
    above bigint;
    head bigint;
BEGIN
    FOR climbed IN 0 .. 100 LOOP
        SELECT d.parent_id, d.head_id INTO above, head FROM app.department d WHERE d.id = at;
        -- Higher than the top there is nobody: the head of the top signs.
        IF (climbed >= levels OR above IS NULL) AND head IS DISTINCT FROM passed_over
           AND app.approval_present(ARRAY[head]) <> '{}' THEN
            RETURN head;
        END IF;
        EXIT WHEN above IS NULL;
        at := above;
    END LOOP;
    RETURN NULL;
END $$;

-- The persons that one approver of a route means, for a requester in a department with a form and choices.
CREATE OR REPLACE FUNCTION app.approval_people(approver jsonb, step text, department bigint, form jsonb, choices jsonb)
RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    place bigint := department;
    persons bigint[];
BEGIN
    IF approver ? 'of' THEN
        place := app.approval_field(form, approver->>'of')::bigint;
    END IF;
    CASE approver->>'kind'
        WHEN 'person' THEN persons := ARRAY[(approver->>'staff')::bigint];
        WHEN 'post' THEN persons := app.approval_holders(approver->>'post', NULL, true);
        WHEN 'department_post' THEN persons := app.approval_holders(approver->>'post', place, false);
        WHEN 'head' THEN
            persons := ARRAY[app.approval_head(place, coalesce((approver->>'levels')::integer, 0), NULL)];
        WHEN 'field' THEN persons := ARRAY[app.approval_field(form, approver->>'field')::bigint];
        WHEN 'choice' THEN
            SELECT array_agg(value::bigint) INTO persons
            FROM jsonb_array_elements_text(coalesce(choices->step, '[]'));
        ELSE persons := '{}';  -- a draft that is dry-run half-done
    END CASE;
    RETURN app.approval_present(persons);
END $$;

-- The same, but nobody signs their own request: that goes to the next head up, or is left out (setting of the route).
CREATE OR REPLACE FUNCTION app.approval_people_but(
    approver jsonb, step text, requester bigint, department bigint, form jsonb, choices jsonb, own text,
    OUT people bigint[], OUT was_own boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    place bigint := department;
BEGIN
    people := app.approval_people(approver, step, department, form, choices);
    was_own := requester = ANY (people);
    IF was_own THEN
        people := array_remove(people, requester);
        IF people = '{}' AND own = 'next_head' THEN
            IF approver ? 'of' THEN
                place := app.approval_field(form, approver->>'of')::bigint;
            END IF;
            people := app.approval_present(ARRAY[
                app.approval_head(place, coalesce((approver->>'levels')::integer, 0), requester)]);
        END IF;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION app.approval_names(persons bigint[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) ORDER BY p.place)
                     FROM unnest(persons) WITH ORDINALITY AS p (person, place) JOIN app.staff s ON s.id = p.person), '[]');
END $$;
