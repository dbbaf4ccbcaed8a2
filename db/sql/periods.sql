-- Depreciation: the months of a book, open -> calculated -> closed. A closed month is read-only for everybody and every
-- program; only these functions change the state of a month. Whoever changes a book holds its row, so that others wait.
-- What is refused says so by its code (P048x) and a DETAIL in JSON, which the program turns into words.

CREATE OR REPLACE FUNCTION app.refuse(code text, facts jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'refused: %', code USING ERRCODE = code, DETAIL = facts::text;
END $$;

CREATE OR REPLACE FUNCTION app.month_name(month date) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = app, pg_temp AS $$ SELECT to_char(month, 'YYYY-MM') $$;

-- The first month that is not closed, the book held until the end of the transaction.
CREATE OR REPLACE FUNCTION app.depreciation_hold(of_book bigint) RETURNS date
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    first date;
BEGIN
    SELECT first_month INTO first FROM app.book WHERE id = of_book FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM app.refuse('P0489', '{}');
    END IF;
    RETURN coalesce((SELECT max(month) + interval '1 month' FROM app.depreciation_period
                     WHERE book_id = of_book AND state = 'closed')::date, first);
END $$;

CREATE OR REPLACE FUNCTION app.depreciation_forget(of_book bigint, since date) RETURNS bigint
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    months bigint;
BEGIN
    UPDATE app.depreciation_period
       SET state = 'open', entries = 0, total = 0, digest = NULL, calculated_at = NULL, calculated_by = NULL
     WHERE book_id = of_book AND month >= since AND state = 'calculated';
    GET DIAGNOSTICS months = ROW_COUNT;
    DELETE FROM app.depreciation_entry WHERE book_id = of_book AND month >= since;
    RETURN months;
END $$;

-- Before the entries of a run are written: every month that is not closed begins anew. Gives the first of them.
CREATE OR REPLACE FUNCTION app.depreciation_begin(of_book bigint, through date) RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    first CONSTANT date := app.depreciation_hold(of_book);
    longest CONSTANT integer := 20;
BEGIN
    PERFORM app.demand('depreciation.run');
    PERFORM app.demand('assets.read');  -- who sees a part of the assets would leave out the others
    IF through < first THEN
        PERFORM app.refuse(CASE WHEN EXISTS (SELECT FROM app.depreciation_period WHERE book_id = of_book AND month = through)
                                THEN 'P0480' ELSE 'P0495' END,
                           jsonb_build_object('month', app.month_name(through), 'first', app.month_name(first)));
    END IF;
    IF through >= first + make_interval(years => longest) THEN  -- a year mistyped would fill the disk
        PERFORM app.refuse('P0498', jsonb_build_object('month', app.month_name(through), 'first', app.month_name(first),
                                                       'years', longest));
    END IF;
    PERFORM app.depreciation_forget(of_book, first);
    INSERT INTO app.depreciation_period (book_id, month)
    SELECT of_book, day::date FROM generate_series(first, through, interval '1 month') day
    ON CONFLICT (book_id, month) DO NOTHING;
    RETURN first;
END $$;

-- After they are written: the month is calculated, with the sums that the database finds in it.
CREATE OR REPLACE FUNCTION app.depreciation_done(of_book bigint, of date, sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM app.demand('depreciation.run');
    PERFORM app.depreciation_hold(of_book);
    UPDATE app.depreciation_period p
       SET state = 'calculated', entries = found.entries, total = found.total, digest = sha256,
           calculated_at = clock_timestamp(), calculated_by = session_user
      FROM (SELECT count(*) AS entries, coalesce(sum(amount), 0) AS total
            FROM app.depreciation_entry WHERE book_id = of_book AND month = of) found
     WHERE p.book_id = of_book AND p.month = of AND p.state = 'open';
    IF NOT FOUND THEN
        PERFORM app.refuse('P0482', jsonb_build_object('month', app.month_name(of)));
    END IF;
END $$;

-- Take back a run: the month and those after it are open again.
CREATE OR REPLACE FUNCTION app.depreciation_undo(of_book bigint, since date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    first CONSTANT date := app.depreciation_hold(of_book);
    months bigint;
BEGIN
    PERFORM app.demand('depreciation.run');
    IF since < first THEN
        PERFORM app.refuse('P0480', jsonb_build_object('month', app.month_name(since)));
    END IF;
    months := app.depreciation_forget(of_book, since);
    IF months = 0 THEN
        PERFORM app.refuse('P0482', jsonb_build_object('month', app.month_name(since)));
    END IF;
    RETURN months;
END $$;

CREATE OR REPLACE FUNCTION app.depreciation_close(of_book bigint, of date, sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    first CONSTANT date := app.depreciation_hold(of_book);
    period app.depreciation_period;
BEGIN
    PERFORM app.demand('depreciation.close');
    PERFORM app.demand('assets.read');  -- who sees a part of the assets would leave out the others
    SELECT * INTO period FROM app.depreciation_period WHERE book_id = of_book AND month = of;
    IF period.state = 'closed' THEN
        PERFORM app.refuse('P0487', jsonb_build_object('month', app.month_name(of), 'who', period.closed_by,
                                                       'at', to_char(period.closed_at, 'YYYY-MM-DD HH24:MI')));
    ELSIF of <> first THEN
        PERFORM app.refuse('P0481', jsonb_build_object('month', app.month_name(of), 'first', app.month_name(first)));
    ELSIF period.state IS DISTINCT FROM 'calculated' THEN
        PERFORM app.refuse('P0482', jsonb_build_object('month', app.month_name(of)));
    ELSIF period.digest <> sha256 THEN
        PERFORM app.refuse('P0488', jsonb_build_object('month', app.month_name(of)));
    END IF;
    -- What is frozen now must follow from what was frozen before.
    IF (SELECT (count(*), coalesce(sum(amount), 0)) <> (period.entries, period.total)
        FROM app.depreciation_entry WHERE book_id = of_book AND month = of)
       OR EXISTS (SELECT FROM app.depreciation_entry
                  WHERE book_id = of_book AND month IN ((of - interval '1 month')::date, of)
                  GROUP BY asset_id
                  HAVING count(*) = 2 AND sum(CASE month WHEN of THEN accumulated - amount ELSE -accumulated END) <> 0)
    THEN
        PERFORM app.refuse('P0486', jsonb_build_object('month', app.month_name(of)));
    END IF;
    UPDATE app.depreciation_period SET state = 'closed', closed_at = clock_timestamp(), closed_by = session_user
     WHERE id = period.id;
END $$;

CREATE OR REPLACE FUNCTION app.depreciation_reopen(of_book bigint, of date, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    last CONSTANT date := app.depreciation_hold(of_book) - interval '1 month';
BEGIN
    PERFORM app.demand('depreciation.close');
    IF of > last OR NOT EXISTS (SELECT FROM app.depreciation_period WHERE book_id = of_book AND month = of) THEN
        PERFORM app.refuse('P0483', jsonb_build_object('month', app.month_name(of)));
    ELSIF of < last THEN
        PERFORM app.refuse('P0484', jsonb_build_object('month', app.month_name(of), 'last', app.month_name(last)));
    END IF;
    UPDATE app.depreciation_period
       SET state = 'calculated', closed_at = NULL, closed_by = NULL,
           reopened_at = clock_timestamp(), reopened_by = session_user, reopened_reason = btrim(reason)
     WHERE book_id = of_book AND month = of;
END $$;

-- Not even the owner skips a step or forgets the reason.
CREATE OR REPLACE FUNCTION app.guard_period() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'open' THEN
            PERFORM app.refuse('P0485', jsonb_build_object('month', app.month_name(OLD.month)));
        END IF;
        RETURN OLD;
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
            PERFORM app.refuse('P0482', jsonb_build_object('month', app.month_name(NEW.month)));
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'closed' THEN
        IF NEW.state <> 'calculated' OR NEW.reopened_at IS NOT DISTINCT FROM OLD.reopened_at
           OR (NEW.book_id, NEW.month, NEW.entries, NEW.total, NEW.digest)
              IS DISTINCT FROM (OLD.book_id, OLD.month, OLD.entries, OLD.total, OLD.digest) THEN
            PERFORM app.refuse('P0480', jsonb_build_object('month', app.month_name(OLD.month)));
        ELSIF coalesce(btrim(NEW.reopened_reason), '') = '' THEN
            PERFORM app.refuse('P0490', jsonb_build_object('month', app.month_name(OLD.month)));
        END IF;
    ELSIF NEW.state = 'closed' AND OLD.state <> 'calculated' THEN
        PERFORM app.refuse('P0482', jsonb_build_object('month', app.month_name(OLD.month)));
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard_period BEFORE INSERT OR UPDATE OR DELETE ON app.depreciation_period
    FOR EACH ROW EXECUTE FUNCTION app.guard_period();
CREATE OR REPLACE TRIGGER never_emptied BEFORE TRUNCATE ON app.depreciation_period
    FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_rewriting();

-- Entries come and go only while their month is open, that is within a run.
CREATE OR REPLACE FUNCTION app.guard_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    refused record;
BEGIN
    PERFORM FROM app.book WHERE id IN (SELECT DISTINCT book_id FROM touched) FOR SHARE;
    SELECT t.month, p.state INTO refused
      FROM (SELECT DISTINCT book_id, month FROM touched) t
      LEFT JOIN app.depreciation_period p ON p.book_id = t.book_id AND p.month = t.month
     WHERE p.state IS DISTINCT FROM 'open' LIMIT 1;
    IF FOUND THEN
        PERFORM app.refuse(CASE refused.state WHEN 'closed' THEN 'P0480' ELSE 'P0493' END,
                           jsonb_build_object('month', app.month_name(refused.month)));
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER guard_new AFTER INSERT ON app.depreciation_entry REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION app.guard_entries();
CREATE OR REPLACE TRIGGER guard_old AFTER DELETE ON app.depreciation_entry REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION app.guard_entries();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON app.depreciation_entry
    FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_rewriting();

GRANT EXECUTE ON FUNCTION app.depreciation_begin(bigint, date), app.depreciation_done(bigint, date, text),
    app.depreciation_undo(bigint, date), app.depreciation_close(bigint, date, text),
    app.depreciation_reopen(bigint, date, text) TO logistics_user;
