-- What the quick search cannot do under row level security by itself: use its index. PostgreSQL asks a policy before any
-- operator that might tell about hidden rows, and the operators of the quick search are of that kind. So here they are
-- asked first, by the owner, and the policy's own condition is asked beside them.

-- The numbers of the rows that the account sees and that have every word: in the row itself, or in one that it points
-- to by a column of `refs`, {"keeper_id": "staff"}. A word is a pattern of LIKE with / before what is meant literally,
-- and the pairs of its characters as an array in text, '{}' where it has none. At most `most` of them, in no order.
CREATE OR REPLACE FUNCTION app.found(what text, patterns text[], pairs text[], refs jsonb, most integer DEFAULT NULL)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp ROWS 1000 AS $$
DECLARE
    words text := app.visible(what);
    here text;
    word text;
    ref record;
BEGIN
    -- LIKE complains of a / at the end only where a row matches so far: that would tell about rows that one does not see.
    IF EXISTS (SELECT FROM unnest(patterns) p WHERE p !~ '^([^/]|/.)*$') THEN
        RAISE EXCEPTION 'a pattern ends with its escape character' USING ERRCODE = 'invalid_escape_sequence';
    END IF;
    FOR at IN 1 .. cardinality(patterns) LOOP
        here := format('%s search LIKE %L ESCAPE ''/''',
                       CASE WHEN pairs[at] <> '{}' THEN format('grams @> %L::integer[] AND', pairs[at]) END, patterns[at]);
        word := here;
        FOR ref IN SELECT key, value FROM jsonb_each_text(refs) LOOP
            word := format('%s OR %I = ANY (ARRAY(SELECT id FROM app.%I WHERE %s AND (%s)))',
                           word, ref.key, ref.value, here, app.visible(ref.value));
        END LOOP;
        words := format('(%s) AND (%s)', word, words);
    END LOOP;
    RETURN QUERY EXECUTE format('SELECT id FROM app.%I WHERE %s LIMIT $1', what, words) USING most;
END $$;

-- The condition under which the account sees the rows of a table, worked out beforehand, so that the planner knows how
-- few they are.
CREATE OR REPLACE FUNCTION app.visible(what text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    needed app.protection;
BEGIN
    SELECT * INTO needed FROM app.protection p WHERE p.table_name = what AND p.readable IS NOT NULL;
    IF (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user) THEN
        RETURN 'true';
    ELSIF needed.readable IS NULL OR NOT app.is_user() THEN
        RETURN 'false';
    ELSIF needed.readable = '*' OR app.reaches_all(needed.readable) THEN
        RETURN 'true';
    ELSIF needed.department IS NULL AND needed.owner IS NULL THEN
        RETURN app.may(needed.readable)::text;
    END IF;
    RETURN concat_ws(' OR ', CASE WHEN needed.department IS NOT NULL
                             THEN format('%I = ANY (%L::bigint[])', needed.department, app.reach(needed.readable)) END,
                     CASE WHEN needed.owner IS NOT NULL
                          THEN format('%I = %L::bigint', needed.owner, app.own(needed.readable)) END);
END $$;

-- Whether a column is the code of the rows of a ledger: the last column of a unique index, whose values can be told from
-- what is refused anyway.
CREATE OR REPLACE FUNCTION app.is_code(what text, field text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = app, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM app.protection p WHERE p.table_name = what AND p.writable IS NOT NULL)
       AND EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
                                                             AND a.attnum = i.indkey[i.indnkeyatts - 1]
                   WHERE i.indrelid = to_regclass('app.' || quote_ident(what)) AND i.indisunique AND a.attname = field);
END $$;

-- Codes are given once in the whole office, so who gives new ones must know of those in rows that others keep.
CREATE OR REPLACE FUNCTION app.codes_in_use(what text, field text, asked text[]) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    IF app.is_user() AND app.is_code(what, field) THEN
        RETURN QUERY EXECUTE format('SELECT %1$I::text FROM app.%2$I WHERE %1$I = ANY ($1)', field, what) USING asked;
    END IF;
END $$;

-- The digits of the greatest serial number among codes that begin and end so, as they are written, or NULL.
CREATE OR REPLACE FUNCTION app.greatest_serial(what text, field text, before text, after text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    greatest_one text;
BEGIN
    IF app.is_user() AND app.is_code(what, field) THEN
        EXECUTE format('SELECT s FROM (SELECT substr(c, length($1) + 1, length(c) - length($1) - length($2)) AS s
                                       FROM (SELECT %I::text AS c FROM app.%I) codes
                                       WHERE starts_with(c, $1) AND right(c, length($2)) = $2
                                         AND length(c) > length($1) + length($2)) serials
                        WHERE s ~ ''^[0-9]{1,15}$'' ORDER BY s::bigint DESC LIMIT 1', field, what)
        INTO greatest_one USING before, after;
    END IF;
    RETURN greatest_one;
END $$;

GRANT EXECUTE ON FUNCTION app.found(text, text[], text[], jsonb, integer), app.codes_in_use(text, text, text[]),
    app.greatest_serial(text, text, text, text) TO logistics_user;

-- What part of a table the account sees: all of it, or else the departments and the person by which rows are reached.
CREATE OR REPLACE FUNCTION app.reached(what text, OUT whole boolean, OUT department text, OUT ids bigint[],
                                       OUT owner text, OUT me bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    needed app.protection;
BEGIN
    SELECT * INTO needed FROM app.protection p WHERE p.table_name = what;
    whole := needed.department IS NULL AND needed.owner IS NULL OR app.visible(what) = 'true';
    IF NOT whole THEN
        department := needed.department;
        ids := app.reach(needed.readable);
        owner := needed.owner;
        me := app.own(needed.readable);
    END IF;
END $$;

GRANT EXECUTE ON FUNCTION app.reached(text) TO logistics_user;
