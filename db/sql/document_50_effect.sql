-- The effect of a document on its assets, in the transaction of the last signature. An asset that was scrapped or moved
-- meanwhile refuses that signature: the case stays where it was, and can be returned or refused.

CREATE OR REPLACE FUNCTION app.document_approved(the_case bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    d app.document;
    k app.document_kind;
    frozen jsonb;
    wrong text;
BEGIN
    SELECT o.* INTO d FROM app.approval_case c JOIN app.document o ON o.id = c.document_id WHERE c.id = the_case FOR UPDATE OF o;
    SELECT c.form INTO frozen FROM app.approval_case c WHERE c.id = the_case;
    SELECT * INTO k FROM app.document_kind WHERE kind = d.kind;
    PERFORM app.document_lock_assets(d.id);
    PERFORM app.document_check(d);
    -- What was approved is what takes effect. The department may change beside it, except where it goes from one to the other.
    IF (frozen - 'from_department') <> (app.document_form(d.id) - 'from_department')
       OR d.kind = 'asset_transfer' AND frozen->'from_department' <> app.document_form(d.id)->'from_department' THEN
        SELECT app.document_name_of(a.id) INTO wrong FROM app.document_line l JOIN app.asset a ON a.id = l.asset_id
        WHERE l.document_id = d.id AND app.document_snapshot(a.id) <> l.before ORDER BY l.place LIMIT 1;
        RAISE EXCEPTION 'document: changed meanwhile, %', wrong USING ERRCODE = 'P0474', CONSTRAINT = 'changed',
            DETAIL = coalesce(wrong, '');
    END IF;
    IF d.kind = 'asset_borrow' THEN
        INSERT INTO app.asset_loan (asset_id, document_id, borrower_id, due_on, status, keeper_id, location_id)
        SELECT a.id, d.id, (d.form->>'borrower')::bigint, (d.form->>'due_on')::date, a.status, a.keeper_id, a.location_id
        FROM app.document_line l JOIN app.asset a ON a.id = l.asset_id WHERE l.document_id = d.id ORDER BY a.id;
    END IF;
    PERFORM app.document_set_assets(d, k);
    IF d.kind = 'asset_return' THEN
        PERFORM app.document_end_loans(d);
    ELSIF d.kind = 'asset_handover' THEN
        UPDATE app.asset_loan SET borrower_id = (d.form->>'to_keeper')::bigint
        WHERE returned_by IS NULL AND asset_id = ANY (d.asset_ids);
    END IF;
    DELETE FROM app.document_hold WHERE document_id = d.id;
    UPDATE app.document SET state = 'effective', effective_at = now() WHERE id = d.id;
END $$;

-- The value that the effect of a kind gives a column of the asset, as the form says it.
CREATE OR REPLACE FUNCTION app.document_given(rules jsonb, form jsonb, column_name text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = app, pg_temp AS $$ SELECT form->>(rules->>column_name) $$;

CREATE OR REPLACE FUNCTION app.document_set_assets(d app.document, k app.document_kind) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    UPDATE app.asset a SET
        status = coalesce(k.leaves, a.status),
        department_id = coalesce(app.document_given(k.sets, d.form, 'department_id')::bigint, a.department_id),
        location_id = coalesce(app.document_given(k.sets, d.form, 'location_id')::bigint, a.location_id),
        keeper_id = coalesce(app.document_given(k.sets, d.form, 'keeper_id')::bigint,
                             CASE WHEN 'keeper_id' <> ALL (k.clears) THEN a.keeper_id END),
        in_service_on = coalesce(app.document_given(k.sets, d.form, 'in_service_on')::date, a.in_service_on,
                                 app.document_given(k.fills, d.form, 'in_service_on')::date),
        disposed_on = coalesce(a.disposed_on, app.document_given(k.fills, d.form, 'disposed_on')::date)
    WHERE a.id = ANY (d.asset_ids);
END $$;

-- What comes back from a loan stands again where it stood, unless the document says where else.
CREATE OR REPLACE FUNCTION app.document_end_loans(d app.document) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    UPDATE app.asset a SET
        status = n.status,
        keeper_id = coalesce((d.form->>'to_keeper')::bigint, n.keeper_id),
        location_id = coalesce((d.form->>'to_location')::bigint, n.location_id)
    FROM app.asset_loan n WHERE n.asset_id = a.id AND n.returned_by IS NULL AND a.id = ANY (d.asset_ids);
    UPDATE app.asset_loan SET returned_by = d.id, returned_on = (d.form->>'returned_on')::date
    WHERE returned_by IS NULL AND asset_id = ANY (d.asset_ids);
END $$;
