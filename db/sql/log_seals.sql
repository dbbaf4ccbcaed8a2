-- The log is sealed in pieces, each hash over the one before: whoever edits, deletes or slips in a line afterwards breaks
-- the chain at that line. A piece ends where every transaction below has ended, by the number of the transaction:
-- the number of a line would leave holes that an open transaction fills later.
--
-- Sealing is for everybody: it can only be done right. `db/sealing.py` checks with the same words, sent by the program
-- of who checks, because somebody who could change the log could change functions too.

CREATE OR REPLACE FUNCTION app.seal() RETURNS int  -- how many lines; 0 when nothing is left to seal
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    most CONSTANT int := 50000;  -- lines of a piece, for a short transaction
    log text;
    line text;
    ended bigint;  -- all transactions below have ended
    last app.seal; -- the seal before this one
    piece app.seal;
    sealed int := 0;
BEGIN
    LOCK TABLE app.seal IN SHARE ROW EXCLUSIVE MODE;
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + shift INTO ended FROM app.log_shift;
    FOR log, line IN VALUES
        -- A column that is added later stays out of the lines that were sealed without it.
        ('change', 'json_build_array(id, at AT TIME ZONE ''UTC'', who, program, host, transaction, batch, table_name, record_id, record_key, action, before, after)'),
        ('event', 'json_build_array(id, at AT TIME ZONE ''UTC'', who, program, host, transaction, kind, about, detail)')
    LOOP
        piece := NULL;
        SELECT s.until_transaction, s.until_id INTO piece.after_transaction, piece.after_id
          FROM app.seal s WHERE s.log_name = log ORDER BY s.number DESC LIMIT 1;
        piece.after_transaction := coalesce(piece.after_transaction, 0);
        piece.after_id := coalesce(piece.after_id, 0);
        EXECUTE format('SELECT count(*), string_agg(int8send(id) || sha256(convert_to(line, ''UTF8'')), '''' ORDER BY transaction, id),
                               max(transaction), max(id) FILTER (WHERE place = $4)
                        FROM (SELECT transaction, id, %s::text AS line, row_number() OVER (ORDER BY transaction, id) AS place
                              FROM app.%I WHERE (transaction, id) > ($1, $2) AND transaction < $3
                              ORDER BY transaction, id LIMIT $4) piece', line, log)
            INTO piece.line_count, piece.lines, piece.until_transaction, piece.until_id
            USING piece.after_transaction, piece.after_id, ended, most;
        CONTINUE WHEN piece.line_count = 0;
        IF piece.line_count < most THEN  -- nothing more will come below
            piece.until_transaction := ended;
            piece.until_id := 0;
        END IF;
        SELECT * INTO last FROM app.seal ORDER BY number DESC LIMIT 1;
        piece.number := coalesce(last.number, 0) + 1;
        piece.log_name := log;
        piece.at := clock_timestamp();
        piece.hash := sha256(coalesce(last.hash, '') || convert_to(json_build_array(
            piece.number, piece.at AT TIME ZONE 'UTC', log, piece.after_transaction, piece.after_id,
            piece.until_transaction, piece.until_id, piece.line_count)::text, 'UTF8') || piece.lines);
        INSERT INTO app.seal SELECT piece.*;  -- column by column as they stand in the table
        sealed := sealed + piece.line_count;
    END LOOP;
    RETURN sealed;
END $$;

GRANT EXECUTE ON FUNCTION app.seal() TO logistics_user;

CALL app.protect('seal', 'audit.read');
