-- What was said in a form or a line: brought to one spelling when it is saved, complete when it is submitted.

CREATE OR REPLACE FUNCTION app.document_wrong(field text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = app, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'document: the field % cannot hold this', field USING ERRCODE = 'P0475', DETAIL = field;
END $$;

-- One value as it is stored: a number as text, so that it stays exact; a day as YYYY-MM-DD; a reference as a number.
CREATE OR REPLACE FUNCTION app.document_value(field jsonb, said text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    type CONSTANT text := field->>'type';
    there boolean := true;
    number numeric;
BEGIN
    IF coalesce(btrim(said), '') = '' THEN
        RETURN 'null';
    ELSIF type IN ('staff', 'department', 'location') THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM app.%I WHERE id = $1)', type) INTO there USING said::bigint;
        IF there THEN
            RETURN to_jsonb(said::bigint);
        END IF;
    ELSIF type = 'number' THEN
        number := said::numeric(18, 2);
        IF number >= 0 THEN
            RETURN to_jsonb(number::text);
        END IF;
    ELSIF type = 'date' THEN
        IF said::date BETWEEN '1900-01-01' AND '2199-12-31' THEN
            RETURN to_jsonb(to_char(said::date, 'YYYY-MM-DD'));
        END IF;
    ELSIF type = 'flag' THEN
        RETURN to_jsonb(said::boolean);
    ELSIF type = 'choice' THEN
        IF field->'choices' ? said THEN
            RETURN to_jsonb(said);
        END IF;
    ELSIF length(said) <= (CASE type WHEN 'note' THEN 10000 ELSE 200 END) THEN
        RETURN to_jsonb(said);
    END IF;
    PERFORM app.document_wrong(field->>'key');
EXCEPTION WHEN data_exception THEN
    PERFORM app.document_wrong(field->>'key');
END $$;

-- All fields of a form or a line, those that nobody filled in as null.
CREATE OR REPLACE FUNCTION app.document_values(fields jsonb, said jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    strange text;
BEGIN
    SELECT k INTO strange FROM jsonb_object_keys(coalesce(said, '{}')) k
    WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(fields) f WHERE f->>'key' = k) LIMIT 1;
    IF strange IS NOT NULL THEN
        PERFORM app.document_wrong(strange);
    END IF;
    RETURN coalesce((SELECT jsonb_object_agg(f->>'key', app.document_value(f, said->>(f->>'key')))
                     FROM jsonb_array_elements(fields) f), '{}');
END $$;

CREATE OR REPLACE FUNCTION app.document_must_be_whole(fields jsonb, said jsonb) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = app, pg_temp AS $$
DECLARE
    lacking text;
BEGIN
    SELECT f->>'key' INTO lacking FROM jsonb_array_elements(fields) f
    WHERE (f->>'required')::boolean AND said->>(f->>'key') IS NULL LIMIT 1;
    IF lacking IS NOT NULL THEN
        RAISE EXCEPTION 'document: the field % is empty', lacking USING ERRCODE = 'P0472', DETAIL = lacking;
    END IF;
END $$;

-- What an asset cost and what the books say of it: its value after the last month charged, in the first book that has it.
CREATE OR REPLACE FUNCTION app.document_book_value(asset bigint) RETURNS numeric
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT e.book_value FROM app.book b JOIN app.depreciation_entry e ON e.book_id = b.id
                     WHERE e.asset_id = asset ORDER BY b.code, e.month DESC LIMIT 1),
                    (SELECT a.original_value FROM app.asset a WHERE a.id = asset));
END $$;

-- The asset as it is, for the line of a document.
CREATE OR REPLACE FUNCTION app.document_snapshot(asset bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT jsonb_build_object(
                'code', a.code, 'name', a.name, 'specification', a.specification, 'unit', a.unit,
                'quantity', a.quantity::text, 'original_value', a.original_value::text,
                'book_value', app.document_book_value(a.id)::text, 'status', a.status, 'department_id', a.department_id,
                'department', d.name, 'keeper_id', a.keeper_id, 'keeper', s.name, 'location_id', a.location_id,
                'location', l.name, 'in_service_on', a.in_service_on)
            FROM app.asset a LEFT JOIN app.department d ON d.id = a.department_id
            LEFT JOIN app.staff s ON s.id = a.keeper_id LEFT JOIN app.location l ON l.id = a.location_id
            WHERE a.id = asset);
END $$;

-- The form that is approved: what was filled in, and what follows from the lines. The class is that of the dearest asset.
CREATE OR REPLACE FUNCTION app.document_form(the_document bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT d.form || (
        SELECT jsonb_build_object(
                   'unit_price', coalesce(max(app.document_unit_price(a)), 0)::text,
                   'amount', coalesce(sum(a.original_value), 0)::text, 'quantity', coalesce(sum(a.quantity), 0)::text,
                   'asset_class', (array_agg(a.class_id ORDER BY a.original_value DESC NULLS LAST, a.id))[1],
                   'from_department', CASE WHEN count(DISTINCT coalesce(a.department_id, 0)) = 1 THEN min(a.department_id) END)
               || CASE d.kind
                   WHEN 'asset_scrapping' THEN jsonb_build_object(
                       'human_damage', coalesce(bool_or((l.said->>'human_damage')::boolean), false),
                       'compensation', coalesce(sum((l.said->>'compensation')::numeric), 0)::text)
                   WHEN 'asset_disposal' THEN jsonb_build_object(
                       'proceeds', coalesce(sum((l.said->>'proceeds')::numeric), 0)::text)
                   ELSE '{}' END
        FROM app.document_line l JOIN app.asset a ON a.id = l.asset_id WHERE l.document_id = d.id)
        FROM app.document d WHERE d.id = the_document);
END $$;

CREATE OR REPLACE FUNCTION app.document_unit_price(a app.asset) RETURNS numeric
LANGUAGE sql IMMUTABLE SET search_path = app, pg_temp AS $$
    SELECT coalesce(a.unit_price, round(a.original_value / nullif(a.quantity, 0), 2), a.original_value)
$$;
