-- What a kind of document gives the engine, and how the engine calls it. A part of the program registers its kinds in its
-- own file, after these, and writes functions whose names begin with the kind's hook:
--   app.<hook>_submitted(kind text, document bigint) RETURNS jsonb   is it mine, may it go; freeze and number it;
--                                                    {"number", "title", "form"}; runs at each submission
--   app.<hook>_approved(the_case bigint) RETURNS void   the effect, in the transaction of the last approval; whatever it
--                                                    raises refuses that approval, and the case stays where it was
--   app.<hook>_moved(the_case bigint, state text) RETURNS void   if it is there: the case is running, returned, refused,
--                                                    withdrawn

CREATE OR REPLACE PROCEDURE app.approval_offer(the_kind text, the_name text, the_fields jsonb, the_hook text DEFAULT NULL)
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    INSERT INTO app.approval_kind (kind, name, fields, hook)
    VALUES (the_kind, the_name, the_fields, coalesce(the_hook, the_kind))
    ON CONFLICT (kind) DO UPDATE SET name = excluded.name, fields = excluded.fields, hook = excluded.hook;
END $$;

CREATE OR REPLACE FUNCTION app.approval_hook(the_kind text, what text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
    SELECT format('app.%I', hook || '_' || what) FROM app.approval_kind WHERE kind = the_kind
$$;

-- The document as it is to be approved now.
CREATE OR REPLACE FUNCTION app.approval_take(the_kind text, document bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    taken jsonb;
    lost text;
BEGIN
    EXECUTE format('SELECT %s($1, $2)', app.approval_hook(the_kind, 'submitted')) INTO taken USING the_kind, document;
    SELECT f->>'key' INTO lost FROM app.approval_kind k, jsonb_array_elements(k.fields) f
    WHERE k.kind = the_kind AND (NOT taken->'form' ? (f->>'key')
        OR coalesce((f->>'required')::boolean, false) AND coalesce(taken->'form'->>(f->>'key'), '') = '') LIMIT 1;
    IF lost IS NOT NULL THEN
        RAISE EXCEPTION 'approval: the form lacks %', lost USING ERRCODE = 'P0456', COLUMN = lost;
    END IF;
    RETURN taken;
END $$;

CREATE OR REPLACE FUNCTION app.approval_moved(the_case bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    c app.approval_case;
    hook text;
BEGIN
    SELECT * INTO c FROM app.approval_case WHERE id = the_case;
    IF c.state = 'approved' THEN
        EXECUTE format('SELECT %s($1)', app.approval_hook(c.kind, 'approved')) USING the_case;
        RETURN;
    END IF;
    hook := app.approval_hook(c.kind, 'moved');
    IF to_regprocedure(hook || '(bigint, text)') IS NOT NULL THEN
        EXECUTE format('SELECT %s($1, $2)', hook) USING the_case, c.state::text;
    END IF;
END $$;
