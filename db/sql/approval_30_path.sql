-- The path of a case: from the steps of a route and a form to steps with persons. The dry run, the requester's preview
-- and the running case all take it from here.

-- A field of the form. A form that lost a field on which its route depends goes nowhere.
CREATE OR REPLACE FUNCTION app.approval_field(form jsonb, field text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = app, pg_temp AS $$
BEGIN
    IF NOT form ? field THEN
        RAISE EXCEPTION 'approval: the form has no field %', field USING ERRCODE = 'P0456', COLUMN = field;
    END IF;
    RETURN form->>field;
END $$;

-- Whether a row of a tree (department, location, asset_class) is another one or lies below it.
CREATE OR REPLACE FUNCTION app.approval_below(tree text, row_id bigint, top bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    at bigint := row_id;
BEGIN
    FOR levels IN 0 .. 100 LOOP
        IF at IS NULL OR at = top THEN
            RETURN at IS NOT NULL;
        END IF;
        EXECUTE format('SELECT parent_id FROM app.%I WHERE id = $1', tree) INTO at USING at;
    END LOOP;
    RETURN false;
END $$;

-- Whether a condition {field, op, value[, tree]} holds. An empty field fulfils no condition but "is empty".
CREATE OR REPLACE FUNCTION app.approval_holds(condition jsonb, form jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    said CONSTANT text := app.approval_field(form, condition->>'field');
    wanted CONSTANT text := condition->>'value';
    op CONSTANT text := condition->>'op';
BEGIN
    IF op IN ('empty', 'filled') THEN
        RETURN (coalesce(said, '') = '') = (op = 'empty');
    ELSIF coalesce(said, '') = '' THEN
        RETURN false;
    ELSIF op = 'below' THEN
        RETURN app.approval_below(condition->>'tree', said::bigint, wanted::bigint);
    ELSIF op IN ('in', 'not in') THEN
        RETURN ((condition->'value') ? said
                OR EXISTS (SELECT FROM jsonb_array_elements_text(condition->'value') AS one WHERE one = said)) = (op = 'in');
    ELSIF jsonb_typeof(condition->'value') = 'number' THEN
        RETURN CASE op WHEN '=' THEN said::numeric = wanted::numeric WHEN '<>' THEN said::numeric <> wanted::numeric
                       WHEN '>' THEN said::numeric > wanted::numeric WHEN '>=' THEN said::numeric >= wanted::numeric
                       WHEN '<' THEN said::numeric < wanted::numeric WHEN '<=' THEN said::numeric <= wanted::numeric END;
    END IF;
    RETURN CASE op WHEN '=' THEN said = wanted WHEN '<>' THEN said <> wanted WHEN '>' THEN said > wanted
                   WHEN '>=' THEN said >= wanted WHEN '<' THEN said < wanted WHEN '<=' THEN said <= wanted END;
END $$;

-- The steps that a form meets, in order, out of the branches: of each the first whose conditions all hold.
CREATE OR REPLACE FUNCTION app.approval_steps(steps jsonb, form jsonb) RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    step jsonb;
    branch jsonb;
BEGIN
    FOR step IN SELECT * FROM jsonb_array_elements(steps) LOOP
        IF step->>'type' <> 'branch' THEN
            RETURN NEXT step;
            CONTINUE;
        END IF;
        FOR branch IN SELECT * FROM jsonb_array_elements(step->'branches') LOOP
            IF coalesce((SELECT bool_and(app.approval_holds(condition, form))
                         FROM jsonb_array_elements(coalesce(branch->'when', '[]')) AS condition), true) THEN
                RETURN QUERY SELECT * FROM app.approval_steps(branch->'steps', form);
                EXIT;
            END IF;
        END LOOP;
    END LOOP;
END $$;

-- Each step with its persons. `why` says what is unusual: 'own' (left out: it would be the requester's own), 'next_head'
-- (for the same reason somebody higher), 'choice' (still to be chosen), 'administrator' (nobody was found), 'nobody'.
CREATE OR REPLACE FUNCTION app.approval_resolve(
    definition jsonb, requester bigint, department bigint, form jsonb, choices jsonb)
RETURNS TABLE (place integer, key text, name text, kind text, mode text, people bigint[], why text, together boolean,
               hours integer, late text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    own CONSTANT text := coalesce(definition->>'own', 'next_head');
    keepers CONSTANT bigint[] := array_remove(
        app.approval_people(definition->'administrator', '', department, form, choices), requester);
    step jsonb;
    approver jsonb;
    one record;
    was_own boolean;
    someone_signs boolean := false;
    steps jsonb[] := ARRAY(SELECT s FROM app.approval_steps(definition->'steps', form) s);
    last_signing integer := (SELECT max(i) FROM generate_subscripts(steps, 1) i WHERE steps[i]->>'type' = 'approve');
BEGIN
    FOR i IN 1 .. cardinality(steps) LOOP
        step := steps[i];
        place := i; key := step->>'key'; name := step->>'name'; kind := step->>'type';
        mode := coalesce(step->>'mode', 'any'); people := '{}'; why := NULL; was_own := false;
        together := coalesce((step->>'together')::boolean, false);
        hours := (step->>'hours')::integer; late := coalesce(step->>'late', 'remind');
        FOR approver IN SELECT * FROM jsonb_array_elements(step->'approvers') LOOP
            IF kind = 'copy' THEN
                people := people || app.approval_people(approver, key, department, form, choices);
                CONTINUE;
            END IF;
            SELECT * INTO one FROM app.approval_people_but(approver, key, requester, department, form, choices, own);
            people := people || one.people;
            was_own := was_own OR one.was_own;
            IF approver->>'kind' = 'choice' AND one.people = '{}' AND NOT one.was_own THEN
                why := 'choice';
            END IF;
        END LOOP;
        people := app.approval_present(people);
        IF kind = 'approve' THEN
            IF people <> '{}' THEN
                why := coalesce(why, CASE WHEN was_own AND own = 'next_head' THEN 'next_head' END);
            ELSIF why IS NULL AND was_own AND own = 'skip' AND (someone_signs OR i < last_signing) THEN
                why := 'own';
            ELSIF why IS NULL THEN
                people := keepers; mode := 'any';
                why := CASE WHEN keepers = '{}' THEN 'nobody' ELSE 'administrator' END;
            END IF;
            someone_signs := someone_signs OR people <> '{}';
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION app.approval_path(the_case bigint)
RETURNS TABLE (place integer, key text, name text, kind text, mode text, people bigint[], why text, together boolean,
               hours integer, late text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT p.* FROM app.approval_case c JOIN app.approval_version v ON v.id = c.version_id
        CROSS JOIN LATERAL app.approval_resolve(v.definition, c.requester_id, c.department_id, c.form, c.choices) p
        WHERE c.id = the_case;
END $$;

-- The path that my document would go, for the preview before sending.
CREATE OR REPLACE FUNCTION app.approval_preview(the_kind text, form jsonb, choices jsonb)
RETURNS TABLE (place integer, key text, name text, kind text, mode text, people jsonb, why text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    me CONSTANT bigint := app.approval_me();
BEGIN
    RETURN QUERY SELECT p.place, p.key, p.name, p.kind, p.mode, app.approval_names(p.people), p.why
        FROM app.approval_resolve(app.approval_published(the_kind), me,
                                  (SELECT s.department_id FROM app.staff s WHERE s.id = me), form, choices) p;
END $$;

-- The path of somebody's document along any definition, for whoever designs routes.
CREATE OR REPLACE FUNCTION app.approval_dry_run(definition jsonb, requester bigint, form jsonb, choices jsonb)
RETURNS TABLE (place integer, key text, name text, kind text, mode text, people jsonb, why text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.approval_must('approvals.routes');
    RETURN QUERY SELECT p.place, p.key, p.name, p.kind, p.mode, app.approval_names(p.people), p.why
        FROM app.approval_resolve(definition, requester,
                                  (SELECT s.department_id FROM app.staff s WHERE s.id = requester), form, choices) p;
END $$;

-- The steps of a case that still lie ahead, with the persons as of today, for those who may see it.
CREATE OR REPLACE FUNCTION app.approval_ahead(the_case bigint)
RETURNS TABLE (place integer, key text, name text, kind text, mode text, people jsonb, why text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.approval_must_see(the_case);
    RETURN QUERY SELECT p.place, p.key, p.name, p.kind, p.mode, app.approval_names(p.people), p.why
        FROM app.approval_case c CROSS JOIN LATERAL app.approval_path(c.id) p
        WHERE c.id = the_case AND c.state IN ('running', 'returned') AND p.place > c.position;
END $$;
