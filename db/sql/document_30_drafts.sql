-- Drafts: saved as often as one likes by whoever makes the document, and taken up again after a return or a withdrawal.

-- Whether I may put this asset on a document of this kind: documents.write reaches it, or it lies idle and is asked for.
CREATE OR REPLACE FUNCTION app.document_may_name(the_kind text, asset bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    yes boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM app.asset WHERE id = $1 AND ($2 OR %s))',
                   app.reaching('documents.write', 'department_id', 'keeper_id'))
    INTO yes USING asset, the_kind IN ('asset_issue', 'asset_borrow') AND app.may('documents.write')
                          AND EXISTS (SELECT FROM app.asset a WHERE a.id = asset AND a.status = 'idle');
    RETURN yes;
END $$;

-- Whether I may work on a document now. Raises P0476 (not yours) or P0477 (not open to changes).
CREATE OR REPLACE FUNCTION app.document_must_be_mine(d app.document) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF d.id IS NULL OR d.requester_id IS DISTINCT FROM app.approval_me() AND NOT EXISTS (
        SELECT FROM app.approval_case c WHERE c.kind = d.kind AND c.document_id = d.id AND c.state = 'returned'
        AND app.approval_is_requesters(c.id)) THEN
        RAISE EXCEPTION 'document: not yours' USING ERRCODE = 'P0476';
    ELSIF d.state NOT IN ('draft', 'returned', 'withdrawn') THEN
        RAISE EXCEPTION 'document: frozen' USING ERRCODE = 'P0477';
    END IF;
END $$;

-- Save a document, a new one where `the_document` is NULL. `lines` is [{"asset": number, "said": {…}}, …] in order;
-- `seen` is the count of savings that the client has seen. Repeated with the same key, nothing is saved again.
CREATE OR REPLACE FUNCTION app.document_save(
    the_document bigint, the_kind text, the_form jsonb, lines jsonb, seen integer, request_key uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    me CONSTANT bigint := app.approval_me();
    k app.document_kind;
    d app.document;
BEGIN
    PERFORM pg_advisory_xact_lock(7121, hashtext(request_key::text));
    SELECT * INTO d FROM app.document WHERE request = request_key;
    IF d.id IS NOT NULL THEN
        IF d.kind <> the_kind OR d.id IS DISTINCT FROM coalesce(the_document, d.id) THEN
            RAISE EXCEPTION 'document: the key was used for something else' USING ERRCODE = 'P0459';
        END IF;
        PERFORM app.document_must_be_mine(d);
        RETURN d.id;
    END IF;
    SELECT * INTO k FROM app.document_kind WHERE kind = the_kind;
    IF NOT app.may('documents.write') OR k.kind IS NULL OR request_key IS NULL THEN
        RAISE EXCEPTION 'document: may not be written' USING ERRCODE = '42501';
    END IF;
    the_form := app.document_values(k.fields, the_form);
    IF the_document IS NULL THEN
        INSERT INTO app.document (kind, requester_id, form, request) VALUES (the_kind, me, the_form, request_key)
        RETURNING * INTO d;
    ELSE
        SELECT * INTO d FROM app.document WHERE id = the_document AND kind = the_kind FOR UPDATE;
        PERFORM app.document_must_be_mine(d);
        IF d.saves IS DISTINCT FROM seen THEN
            RAISE EXCEPTION 'document: saved meanwhile' USING ERRCODE = 'P0478';
        END IF;
        UPDATE app.document SET form = the_form, request = request_key, saves = saves + 1, saved_at = now()
        WHERE id = d.id;
    END IF;
    PERFORM app.document_save_lines(d.id, k, lines);
    RETURN d.id;
END $$;

CREATE OR REPLACE FUNCTION app.document_save_lines(the_document bigint, k app.document_kind, lines jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    ids CONSTANT bigint[] := ARRAY(SELECT (l->>'asset')::bigint FROM jsonb_array_elements(lines) l);
    strange bigint;
BEGIN
    IF cardinality(ids) > 5000 THEN
        RAISE EXCEPTION 'document: too many lines' USING ERRCODE = 'P0471', CONSTRAINT = 'too_many';
    ELSIF (SELECT count(DISTINCT i) FROM unnest(ids) i) < cardinality(ids) THEN
        RAISE EXCEPTION 'document: an asset twice' USING ERRCODE = 'P0471', CONSTRAINT = 'twice';
    END IF;
    SELECT i INTO strange FROM unnest(ids) i
    WHERE NOT EXISTS (SELECT FROM app.document_line l WHERE l.document_id = the_document AND l.asset_id = i)
      AND NOT app.document_may_name(k.kind, i) LIMIT 1;
    IF strange IS NOT NULL THEN
        RAISE EXCEPTION 'document: no right to name the asset %', strange USING ERRCODE = 'P0474', CONSTRAINT = 'unseen';
    END IF;
    DELETE FROM app.document_line WHERE document_id = the_document AND asset_id <> ALL (ids);
    INSERT INTO app.document_line AS o (document_id, place, asset_id, said)
    SELECT the_document, l.place, (l.line->>'asset')::bigint, app.document_values(k.line_fields, l.line->'said')
    FROM jsonb_array_elements(lines) WITH ORDINALITY AS l (line, place)
    ON CONFLICT (document_id, asset_id) DO UPDATE SET place = excluded.place, said = excluded.said
    WHERE (o.place, o.said) IS DISTINCT FROM (excluded.place, excluded.said);
    UPDATE app.document SET asset_ids = ids WHERE id = the_document AND asset_ids <> ids;
END $$;

-- Throw a draft away. What has a number stays, because numbers have no gaps.
CREATE OR REPLACE FUNCTION app.document_delete(the_document bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    d app.document;
BEGIN
    SELECT * INTO d FROM app.document WHERE id = the_document FOR UPDATE;
    PERFORM app.document_must_be_mine(d);
    IF d.number IS NOT NULL THEN
        RAISE EXCEPTION 'document: numbered' USING ERRCODE = 'P0477', CONSTRAINT = 'numbered';
    END IF;
    DELETE FROM app.document WHERE id = the_document;
END $$;

-- Idle things that anybody may ask for, whose department they stand in or not.
CREATE OR REPLACE FUNCTION app.document_available(said text, how_many integer)
RETURNS TABLE (id bigint, code text, name text, specification text, department text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF NOT app.may('documents.write') THEN
        RAISE EXCEPTION 'document: may not be written' USING ERRCODE = '42501';
    END IF;
    RETURN QUERY
    SELECT a.id, a.code::text, a.name::text, a.specification::text, d.name::text
    FROM app.asset a LEFT JOIN app.department d ON d.id = a.department_id
    WHERE a.status = 'idle' AND position(lower(said) IN a.search) > 0
      AND NOT EXISTS (SELECT FROM app.document_hold h WHERE h.asset_id = a.id)
    ORDER BY a.code LIMIT least(how_many, 500);
END $$;

-- What would come on the lines of a document: each asset as it is, and what keeps it from being named: `unseen` (no right
-- to), `state` (it stands otherwise), `held` (by a running document, whose number is said).
CREATE OR REPLACE FUNCTION app.document_propose(the_kind text, assets bigint[])
RETURNS TABLE (asset bigint, before jsonb, problem text, said text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT u.id, CASE WHEN may.yes THEN app.document_snapshot(u.id) END,
           CASE WHEN NOT may.yes THEN 'unseen' WHEN a.status <> ALL (k.takes) THEN 'state'
                WHEN held.number IS NOT NULL THEN 'held' END,
           CASE WHEN NOT may.yes THEN NULL WHEN a.status <> ALL (k.takes) THEN a.status ELSE held.number END::text
    FROM unnest(assets) WITH ORDINALITY AS u (id, place)
    JOIN app.document_kind k ON k.kind = the_kind
    LEFT JOIN app.asset a ON a.id = u.id
    CROSS JOIN LATERAL (SELECT app.document_may_name(the_kind, u.id)) may (yes)
    LEFT JOIN LATERAL (SELECT d.number FROM app.document_hold h JOIN app.document d ON d.id = h.document_id
                       WHERE h.asset_id = u.id AND h.held = ANY (k.touches) LIMIT 1) held ON true
    ORDER BY u.place;
END $$;
