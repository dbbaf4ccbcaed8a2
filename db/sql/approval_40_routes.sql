-- Routes: drafts that may be saved half-done, and versions that are checked, published, and never change again.

-- Whether every way through some steps meets somebody who signs.
CREATE OR REPLACE FUNCTION app.approval_always_signed(steps jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = app, pg_temp AS $$
DECLARE
    step jsonb;
BEGIN
    FOR step IN SELECT * FROM jsonb_array_elements(steps) LOOP
        IF step->>'type' = 'approve' THEN
            RETURN true;
        ELSIF step->>'type' = 'branch'
              AND EXISTS (SELECT FROM jsonb_array_elements(step->'branches') b WHERE coalesce(b->'when', '[]') = '[]')
              AND NOT EXISTS (SELECT FROM jsonb_array_elements(step->'branches') b
                              WHERE NOT app.approval_always_signed(coalesce(b->'steps', '[]'))) THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;

-- All steps of a route, those inside of branches too.
CREATE OR REPLACE FUNCTION app.approval_all_steps(steps jsonb) RETURNS SETOF jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = app, pg_temp AS $$
DECLARE
    step jsonb;
    branch jsonb;
BEGIN
    FOR step IN SELECT * FROM jsonb_array_elements(CASE jsonb_typeof(steps) WHEN 'array' THEN steps ELSE '[]' END) LOOP
        RETURN NEXT step;
        FOR branch IN SELECT * FROM jsonb_array_elements(
                CASE jsonb_typeof(step->'branches') WHEN 'array' THEN step->'branches' ELSE '[]' END) LOOP
            RETURN QUERY SELECT * FROM app.approval_all_steps(branch->'steps');
        END LOOP;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION app.approval_field_type(the_kind text, field text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
    SELECT f->>'type' FROM app.approval_kind k, jsonb_array_elements(k.fields) f WHERE k.kind = the_kind AND f->>'key' = field
$$;

-- What keeps a condition from being asked of the forms of a kind, or NULL.
CREATE OR REPLACE FUNCTION app.approval_bad_condition(the_kind text, condition jsonb) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    type CONSTANT text := app.approval_field_type(the_kind, condition->>'field');
    op CONSTANT text := condition->>'op';
    value CONSTANT text := jsonb_typeof(condition->'value');
BEGIN
    RETURN CASE
        WHEN type IS NULL THEN 'field_missing'
        WHEN op IN ('empty', 'filled') THEN NULL
        WHEN op IN ('in', 'not in') THEN CASE WHEN value = 'array' THEN NULL ELSE 'bad_value' END
        WHEN op = 'below' THEN CASE WHEN type NOT IN ('department', 'location', 'asset_class') THEN 'bad_operator'
                                    WHEN value <> 'number' OR condition->>'tree' IS DISTINCT FROM type THEN 'bad_value' END
        WHEN op IN ('=', '<>') THEN CASE WHEN (type IN ('number', 'staff', 'department', 'location', 'asset_class'))
                                              = (value = 'number') AND value IN ('number', 'string', 'boolean') THEN NULL
                                         ELSE 'bad_value' END
        WHEN op IN ('>', '>=', '<', '<=') THEN CASE WHEN type = 'number' AND value = 'number' THEN NULL
                                                    WHEN type = 'date' AND value = 'string' THEN NULL
                                                    WHEN type IN ('number', 'date') THEN 'bad_value'
                                                    ELSE 'bad_operator' END
        ELSE 'bad_operator' END;
END $$;

-- What keeps an approver from being found, and for whom. `said` names the person, the post, the field or a department.
CREATE OR REPLACE FUNCTION app.approval_bad_approver(the_kind text, approver jsonb, OUT problem text, OUT said text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    kind CONSTANT text := approver->>'kind';
    field CONSTANT text := CASE WHEN kind = 'field' THEN approver->>'field' ELSE approver->>'of' END;
    wanted CONSTANT text := CASE WHEN kind = 'field' THEN 'staff' ELSE 'department' END;
    type CONSTANT text := app.approval_field_type(the_kind, field);
BEGIN
    IF field IS NOT NULL THEN
        said := field;
        problem := CASE WHEN type IS NULL THEN 'field_missing' WHEN type <> wanted THEN 'field_of_wrong_type'
                        WHEN NOT EXISTS (SELECT FROM app.approval_kind k, jsonb_array_elements(k.fields) f
                                         WHERE k.kind = the_kind AND f->>'key' = field AND (f->>'required')::boolean)
                        THEN 'field_may_be_empty' END;
        IF problem IS NOT NULL THEN
            RETURN;
        END IF;
        said := NULL;
    END IF;
    IF kind = 'person' THEN
        SELECT s.name INTO said FROM app.staff s WHERE s.id = (approver->>'staff')::bigint;
        problem := CASE WHEN app.approval_present(ARRAY[(approver->>'staff')::bigint]) = '{}' THEN 'person_absent' END;
    ELSIF kind = 'post' THEN
        said := approver->>'post';
        problem := CASE WHEN app.approval_holders(said, NULL, true) = '{}' THEN 'post_empty' END;
    ELSIF kind IN ('head', 'department_post') THEN
        -- Asked of every department that somebody could request from, or that the field could name.
        SELECT d.name INTO said FROM app.department d
        WHERE (approver ? 'of' OR EXISTS (SELECT FROM app.staff s JOIN app.account a ON a.staff_id = s.id AND a.active
                                          WHERE s.department_id = d.id AND s.status = 'active'))
          AND CASE WHEN kind = 'head'
                   THEN app.approval_head(d.id, coalesce((approver->>'levels')::integer, 0), NULL) IS NULL
                   ELSE app.approval_holders(approver->>'post', d.id, false) = '{}' END
        ORDER BY d.code LIMIT 1;
        problem := CASE WHEN said IS NOT NULL THEN CASE kind WHEN 'head' THEN 'no_head' ELSE 'post_empty_in' END END;
    ELSIF kind NOT IN ('choice', 'field') OR kind IS NULL THEN
        problem := 'unknown_approver';
        said := kind;
    END IF;
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range THEN
    problem := 'unknown_approver';
    said := kind;
END $$;

-- Everything that keeps a definition from being published: `problem`, the `step` by its key, and what it is about.
CREATE OR REPLACE FUNCTION app.approval_problems(the_kind text, definition jsonb)
RETURNS TABLE (problem text, step text, said text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.approval_must('approvals.routes');
    IF length(definition::text) > 200000 OR jsonb_typeof(definition->'steps') IS DISTINCT FROM 'array' THEN
        RETURN QUERY SELECT 'unreadable', NULL::text, NULL::text;
        RETURN;
    END IF;
    RETURN QUERY
    WITH steps AS (SELECT s, s->>'key' AS key, s->>'type' AS type FROM app.approval_all_steps(definition->'steps') s),
         approvers AS (SELECT key, a FROM steps, jsonb_array_elements(
                           CASE jsonb_typeof(s->'approvers') WHEN 'array' THEN s->'approvers' ELSE '[]' END) a),
         branches AS (SELECT key, b, place, count(*) OVER (PARTITION BY key) AS last FROM steps, jsonb_array_elements(
                          CASE jsonb_typeof(s->'branches') WHEN 'array' THEN s->'branches' ELSE '[]' END)
                          WITH ORDINALITY AS x (b, place))
    SELECT 'bad_step', key, type FROM steps
    WHERE coalesce(key, '') = '' OR type IS NULL OR type NOT IN ('approve', 'copy', 'branch')
       OR type <> 'branch' AND (coalesce(s->>'name', '') = '' OR length(s->>'name') > 200)
    UNION ALL SELECT 'bad_mode', key, s->>'mode' FROM steps
    WHERE type = 'approve' AND coalesce(s->>'mode', 'any') NOT IN ('any', 'all', 'turn')
    UNION ALL SELECT 'bad_time_out', key, coalesce(s->>'late', s->>'hours') FROM steps
    WHERE coalesce(s->>'late', 'remind') NOT IN ('remind', 'administrator')
       OR coalesce(s->>'hours', '1') !~ '^[1-9][0-9]{0,3}$'
    UNION ALL SELECT 'step_twice', key, NULL FROM steps GROUP BY key HAVING count(*) > 1
    UNION ALL SELECT 'no_approver', key, NULL FROM steps
    WHERE type IN ('approve', 'copy') AND coalesce(s->'approvers', '[]') = '[]'
    UNION ALL SELECT bad.problem, key, bad.said FROM approvers CROSS JOIN LATERAL app.approval_bad_approver(the_kind, a) bad
    WHERE bad.problem IS NOT NULL
    UNION ALL SELECT 'no_branches', key, NULL FROM steps WHERE type = 'branch' AND coalesce(s->'branches', '[]') = '[]'
    UNION ALL SELECT 'never_reached', key, b->>'name' FROM branches
    WHERE place < last AND coalesce(b->'when', '[]') = '[]'
    UNION ALL SELECT app.approval_bad_condition(the_kind, c), key, c->>'field'
    FROM branches, jsonb_array_elements(coalesce(b->'when', '[]')) c
    WHERE app.approval_bad_condition(the_kind, c) IS NOT NULL
    UNION ALL SELECT 'bad_setting', NULL, k FROM (VALUES
        ('resubmit', '{all,back}'::text[]), ('own', '{next_head,skip}'), ('same_person', '{once,each}')) AS known (k, values)
    WHERE definition ? k AND (definition->>k) <> ALL (values)
    UNION ALL SELECT 'bad_setting', NULL, 'urge_minutes' WHERE coalesce(definition->>'urge_minutes', '1') !~ '^[0-9]{1,5}$'
    UNION ALL SELECT CASE WHEN known THEN bad.problem ELSE 'no_administrator' END, NULL, bad.said
    FROM app.approval_bad_approver(the_kind, definition->'administrator') bad,
         coalesce(definition#>>'{administrator,kind}' IN ('person', 'post'), false) AS known
    WHERE bad.problem IS NOT NULL OR NOT known
    UNION ALL SELECT 'path_without_signer', NULL, NULL WHERE NOT app.approval_always_signed(definition->'steps');
END $$;

-- Save a draft of the route of a kind, which may be half-done. Gives the number of the version.
CREATE OR REPLACE FUNCTION app.approval_save(the_kind text, the_name text, the_definition jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    route bigint;
    saved bigint;
BEGIN
    PERFORM app.approval_must('approvals.routes');
    INSERT INTO app.approval_route (kind, name) VALUES (the_kind, the_name)
    ON CONFLICT (kind) DO UPDATE SET name = excluded.name RETURNING id INTO route;
    UPDATE app.approval_version SET definition = the_definition, saved_at = now(), saved_by = session_user
    WHERE route_id = route AND state = 'draft' RETURNING id INTO saved;
    IF saved IS NULL THEN
        INSERT INTO app.approval_version (route_id, number, definition)
        SELECT route, coalesce(max(number), 0) + 1, the_definition FROM app.approval_version WHERE route_id = route
        RETURNING id INTO saved;
    END IF;
    RETURN saved;
END $$;

-- Publish a draft: from now on new cases go along it; running ones keep theirs.
CREATE OR REPLACE FUNCTION app.approval_publish(the_version bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    v app.approval_version;
    wrong record;
BEGIN
    PERFORM app.approval_must('approvals.routes');
    SELECT v2.* INTO v FROM app.approval_version v2 JOIN app.approval_route r ON r.id = v2.route_id
    WHERE v2.id = the_version FOR UPDATE;
    IF v.state IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION 'approval: no draft' USING ERRCODE = 'P0461';
    END IF;
    SELECT p.* INTO wrong FROM app.approval_route r, app.approval_problems(r.kind, v.definition) p
    WHERE r.id = v.route_id LIMIT 1;
    IF wrong.problem IS NOT NULL THEN
        RAISE EXCEPTION 'approval: the route has %', wrong.problem
            USING ERRCODE = 'P0460', CONSTRAINT = wrong.problem, DETAIL = concat_ws(': ', wrong.step, wrong.said);
    END IF;
    UPDATE app.approval_version SET state = 'former' WHERE route_id = v.route_id AND state = 'published';
    UPDATE app.approval_version SET state = 'published', published_at = now(), published_by = session_user
    WHERE id = the_version;
END $$;
