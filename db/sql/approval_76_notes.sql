-- What is done beside the decisions: urge, comment, send a copy, have looked at one.

CREATE OR REPLACE FUNCTION app.approval_urge(the_case bigint, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    c app.approval_case := app.approval_begin_case(the_case, 'urge', request_key);
    minutes integer;
BEGIN
    IF c.id IS NOT NULL THEN
        IF NOT app.approval_is_requesters(c.id) THEN
            RAISE EXCEPTION 'approval: only the requester urges' USING ERRCODE = 'P0450';
        END IF;
        SELECT coalesce((v.definition->>'urge_minutes')::integer, 60) INTO minutes
        FROM app.approval_version v WHERE v.id = c.version_id;
        IF c.urged_at > clock_timestamp() - make_interval(mins => minutes) THEN
            RAISE EXCEPTION 'approval: urged a moment ago' USING ERRCODE = 'P0457',
                DETAIL = to_char((c.urged_at + make_interval(mins => minutes)) AT TIME ZONE 'Asia/Shanghai', 'HH24:MI');
        END IF;
        UPDATE app.approval_case SET urged_at = clock_timestamp() WHERE id = c.id;
        PERFORM app.approval_write(c.id, NULL, 'urge', request_key, '', jsonb_build_object('to', app.approval_names(ARRAY(
            SELECT t.staff_id FROM app.approval_task t WHERE t.case_id = c.id AND t.state = 'open'))));
    END IF;
    RETURN (SELECT state FROM app.approval_case WHERE id = the_case);
END $$;

CREATE OR REPLACE FUNCTION app.approval_comment(the_case bigint, said text, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    c app.approval_case := app.approval_begin_case(the_case, 'comment', request_key);
BEGIN
    IF c.id IS NOT NULL THEN
        PERFORM app.approval_needs_words(said);
        PERFORM app.approval_write(c.id, NULL, 'comment', request_key, said);
    END IF;
    RETURN (SELECT state FROM app.approval_case WHERE id = the_case);
END $$;

CREATE OR REPLACE FUNCTION app.approval_copy_to(the_case bigint, people bigint[], said text, request_key uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    c app.approval_case := app.approval_begin_case(the_case, 'copy', request_key);
    present CONSTANT bigint[] := app.approval_present(people);
BEGIN
    IF c.id IS NOT NULL THEN
        IF present = '{}' OR cardinality(present) < cardinality(people) THEN
            RAISE EXCEPTION 'approval: cannot look' USING ERRCODE = 'P0454', CONSTRAINT = 'absent';
        END IF;
        PERFORM app.approval_write(c.id, NULL, 'copy', request_key, said,
                                   jsonb_build_object('to', app.approval_names(present)));
        PERFORM app.approval_send_copies(c.id, present, app.my_staff());
    END IF;
    RETURN (SELECT state FROM app.approval_case WHERE id = the_case);
END $$;

CREATE OR REPLACE FUNCTION app.approval_read(the_case bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp AS $$
    UPDATE app.approval_copy SET read_at = now()
    WHERE case_id = the_case AND staff_id = app.my_staff() AND read_at IS NULL
$$;
