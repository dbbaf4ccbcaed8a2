-- Submission: the document is checked, its assets are held, it gets its number. The engine of approvals calls it, again
-- after each return; what it answers is frozen in the case.

CREATE OR REPLACE FUNCTION app.document_refuse(reason text, about text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = app, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'document: % %', reason, about USING ERRCODE = 'P0473', CONSTRAINT = reason, DETAIL = coalesce(about, '');
END $$;

-- An asset as a person knows it.
CREATE OR REPLACE FUNCTION app.document_name_of(asset bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT concat_ws(' ', a.code, a.name) FROM app.asset a WHERE a.id = asset);
END $$;

-- Lock the assets of a document, always in the same order, so that two documents never wait for each other.
CREATE OR REPLACE FUNCTION app.document_lock_assets(the_document bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM FROM app.asset a WHERE a.id IN (SELECT l.asset_id FROM app.document_line l WHERE l.document_id = the_document)
    ORDER BY a.id FOR NO KEY UPDATE;
END $$;

-- What keeps the kinds apart: whether form and assets fit what the document wants to do.
CREATE OR REPLACE FUNCTION app.document_check(d app.document) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    k app.document_kind;
    form CONSTANT jsonb := app.document_form(d.id);
    wrong text;
BEGIN
    SELECT * INTO k FROM app.document_kind WHERE kind = d.kind;
    SELECT app.document_name_of(a.id) INTO wrong FROM app.document_line l JOIN app.asset a ON a.id = l.asset_id
    WHERE l.document_id = d.id AND a.status <> ALL (k.takes) ORDER BY l.place LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'document: the asset % stands otherwise', wrong USING ERRCODE = 'P0474', CONSTRAINT = 'state',
            DETAIL = wrong;
    END IF;
    CASE d.kind
        WHEN 'asset_acceptance' THEN
            SELECT app.document_name_of(l.asset_id) INTO wrong FROM app.document_line l
            WHERE l.document_id = d.id AND EXISTS (
                SELECT FROM app.document_line o JOIN app.document e ON e.id = o.document_id
                WHERE o.asset_id = l.asset_id AND e.kind = d.kind AND e.state = 'effective') LIMIT 1;
            IF wrong IS NOT NULL THEN
                PERFORM app.document_refuse('accepted_already', wrong);
            END IF;
        WHEN 'asset_borrow' THEN
            IF (form->>'due_on')::date < app.approval_today() AND d.state <> 'submitted' THEN
                PERFORM app.document_refuse('due_past', form->>'due_on');
            END IF;
        WHEN 'asset_transfer' THEN
            IF form->>'from_department' IS NULL THEN
                PERFORM app.document_refuse('several_departments', '');
            ELSIF form->>'from_department' = form->>'to_department' THEN
                PERFORM app.document_refuse('same_department', '');
            END IF;
        WHEN 'asset_scrapping' THEN PERFORM app.document_check_appraisal(d.id);
        WHEN 'asset_handover' THEN
            IF form->>'giver' = form->>'to_keeper' THEN
                PERFORM app.document_refuse('same_person', '');
            END IF;
            SELECT app.document_name_of(a.id) INTO wrong FROM app.document_line l JOIN app.asset a ON a.id = l.asset_id
            WHERE l.document_id = d.id AND a.keeper_id IS DISTINCT FROM (form->>'giver')::bigint ORDER BY l.place LIMIT 1;
            IF wrong IS NOT NULL THEN
                PERFORM app.document_refuse('not_theirs', wrong);
            END IF;
        ELSE NULL;
    END CASE;
    SELECT app.document_name_of(a.id) INTO wrong FROM app.document_line l JOIN app.asset a ON a.id = l.asset_id
    WHERE l.document_id = d.id AND k.fills ? 'disposed_on' AND a.disposed_on IS NULL
      AND (form->>(k.fills->>'disposed_on'))::date < a.in_service_on ORDER BY l.place LIMIT 1;
    IF wrong IS NOT NULL THEN
        PERFORM app.document_refuse('before_service', wrong);
    END IF;
END $$;

-- Human damage names who compensates, at which value and how much; otherwise nobody compensates anything.
CREATE OR REPLACE FUNCTION app.document_check_appraisal(the_document bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    wrong bigint;
BEGIN
    SELECT l.asset_id INTO wrong FROM app.document_line l
    WHERE l.document_id = the_document
      AND num_nonnulls(l.said->>'payer', l.said->>'basis', l.said->>'compensation')
          <> CASE WHEN (l.said->>'human_damage')::boolean THEN 3 ELSE 0 END ORDER BY l.place LIMIT 1;
    IF wrong IS NOT NULL THEN
        PERFORM app.document_refuse('appraisal', app.document_name_of(wrong));
    END IF;
END $$;

-- Hold what the document touches of its assets. Another running document that holds the same is named.
CREATE OR REPLACE FUNCTION app.document_hold_assets(d app.document) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    wrong text;
BEGIN
    DELETE FROM app.document_hold WHERE document_id = d.id;
    SELECT app.document_name_of(h.asset_id) || ' – ' || o.number INTO wrong
    FROM app.document_line l JOIN app.document_hold h ON h.asset_id = l.asset_id
    JOIN app.document_kind k ON k.kind = d.kind AND h.held = ANY (k.touches)
    JOIN app.document o ON o.id = h.document_id WHERE l.document_id = d.id ORDER BY l.place LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'document: held by another, %', wrong USING ERRCODE = 'P0470', DETAIL = wrong;
    END IF;
    INSERT INTO app.document_hold (asset_id, held, document_id)
    SELECT l.asset_id, t, d.id FROM app.document_line l JOIN app.document_kind k ON k.kind = d.kind, unnest(k.touches) t
    WHERE l.document_id = d.id ORDER BY l.asset_id;
END $$;

-- The next number of a kind in this month. The counter stays locked until the end of the transaction: it comes last.
CREATE OR REPLACE FUNCTION app.document_next_number(the_prefix text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    the_month CONSTANT date := date_trunc('month', app.approval_today());
    given integer;
BEGIN
    INSERT INTO app.document_counter AS c (prefix, month, last) VALUES (the_prefix, the_month, 1)
    ON CONFLICT (prefix, month) DO UPDATE SET last = c.last + 1 RETURNING last INTO given;
    RETURN format('%s-%s-%s', the_prefix, to_char(the_month, 'YYYYMM'), lpad(given::text, greatest(4, length(given::text)), '0'));
END $$;

CREATE OR REPLACE FUNCTION app.document_submitted(the_kind text, the_document bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    d app.document;
    k app.document_kind;
    lines integer;
BEGIN
    SELECT * INTO d FROM app.document WHERE id = the_document AND kind = the_kind FOR UPDATE;
    PERFORM app.document_must_be_mine(d);
    SELECT * INTO k FROM app.document_kind WHERE kind = the_kind;
    PERFORM app.document_lock_assets(d.id);
    SELECT count(*) INTO lines FROM app.document_line l WHERE l.document_id = d.id;
    IF lines = 0 THEN
        RAISE EXCEPTION 'document: no lines' USING ERRCODE = 'P0471', CONSTRAINT = 'none';
    END IF;
    PERFORM app.document_must_be_whole(k.fields, d.form);
    PERFORM app.document_must_be_whole(k.line_fields, l.said) FROM app.document_line l WHERE l.document_id = d.id;
    PERFORM app.document_check(d);
    PERFORM app.document_hold_assets(d);
    UPDATE app.document_line SET before = app.document_snapshot(asset_id) WHERE document_id = d.id;
    UPDATE app.document
    SET state = 'submitted', submitted_at = now(), number = coalesce(number, app.document_next_number(k.prefix)),
        department_id = (SELECT s.department_id FROM app.staff s WHERE s.id = d.requester_id)
    WHERE id = d.id RETURNING * INTO d;
    RETURN jsonb_build_object('number', d.number, 'form', app.document_form(d.id), 'title', left((
        SELECT l.before->>'name' || CASE WHEN lines > 1 THEN ' +' || lines - 1 ELSE '' END
        FROM app.document_line l WHERE l.document_id = d.id ORDER BY l.place LIMIT 1), 200));
END $$;

-- The case was returned, refused or withdrawn. While it can still go on, its assets stay held.
CREATE OR REPLACE FUNCTION app.document_moved(the_case bigint, the_state text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    the_document bigint;
BEGIN
    SELECT c.document_id INTO the_document FROM app.approval_case c WHERE c.id = the_case;
    IF the_state <> 'running' THEN
        UPDATE app.document SET state = the_state WHERE id = the_document;
    END IF;
    IF the_state IN ('refused', 'withdrawn') THEN
        DELETE FROM app.document_hold WHERE document_id = the_document;
    END IF;
END $$;
