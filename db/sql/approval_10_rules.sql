-- The truth table of approvals: what each action does to a task of a mode (or to a case) in a state. The functions ask
-- this table and nothing else whether something may be done now, and the manual is made from it.

CREATE OR REPLACE FUNCTION app.approval_outcome(the_mode text, the_state text, the_action text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    found app.approval_rule;
BEGIN
    SELECT * INTO found FROM app.approval_rule WHERE mode = the_mode AND state = the_state AND action = the_action;
    IF found.allowed IS NOT TRUE THEN
        RAISE EXCEPTION 'approval: % of a task % in state %', the_action, the_mode, the_state
            USING ERRCODE = 'P0451', CONSTRAINT = coalesce(found.outcome, 'never');
    END IF;
    RETURN found.outcome;
END $$;

DELETE FROM app.approval_rule;

-- A task that is not open waits or is over, whatever its mode.
INSERT INTO app.approval_rule (mode, state, action, allowed, outcome)
SELECT mode, state, action, false,
       CASE state WHEN 'open' THEN 'never' WHEN 'queued' THEN 'not_yet' WHEN 'held' THEN 'waits_for_others'
                  WHEN 'signed' THEN 'signed_already' ELSE 'over' END
FROM unnest('{any,all,turn,added,delegated,resubmit}'::text[]) AS modes (mode),
     unnest('{open,queued,held,signed,approved,refused,returned,skipped,cancelled}'::text[]) AS states (state),
     unnest('{approve,refuse,return,hand_over,delegate,take_back,add_before,add_after,resubmit}'::text[]) AS acts (action);

UPDATE app.approval_rule r SET allowed = true, outcome = cell.outcome
FROM (VALUES
    -- one decision settles the step; everybody must; one after the other
    ('any', 'open', 'approve', 'settles'), ('all', 'open', 'approve', 'counts'), ('turn', 'open', 'approve', 'next_turn'),
    -- somebody else's task goes on when all the added have signed, or when the delegate has spoken
    ('added', 'open', 'approve', 'back_to_adder'),
    ('delegated', 'open', 'approve', 'comes_back'), ('delegated', 'open', 'refuse', 'comes_back'),
    ('delegated', 'open', 'hand_over', 'moves'),
    ('resubmit', 'open', 'resubmit', 'restarts')) AS cell (mode, state, action, outcome)
WHERE r.mode = cell.mode AND r.state = cell.state AND r.action = cell.action;

UPDATE app.approval_rule r SET allowed = true, outcome = cell.outcome
FROM (VALUES
    ('open', 'refuse', 'ends'), ('open', 'return', 'returns'), ('open', 'hand_over', 'moves'),
    ('open', 'delegate', 'waits'), ('open', 'add_before', 'waits'), ('open', 'add_after', 'signs'),
    ('held', 'take_back', 'reopens')) AS cell (state, action, outcome)
WHERE r.mode IN ('any', 'all', 'turn', 'added') AND r.state = cell.state AND r.action = cell.action;

-- What is done to a case as a whole. Withdrawing asks besides that nobody has decided yet.
INSERT INTO app.approval_rule (mode, state, action, allowed, outcome)
SELECT 'case', state, action,
       action IN ('comment', 'copy') OR (action = 'withdraw' AND state IN ('running', 'returned'))
           OR (action = 'urge' AND state = 'running'),
       CASE WHEN action = 'comment' THEN 'notes' WHEN action = 'copy' THEN 'copies'
            WHEN action = 'withdraw' AND state IN ('running', 'returned') THEN 'withdraws'
            WHEN action = 'urge' AND state = 'running' THEN 'reminds'
            WHEN state = 'returned' THEN 'never' ELSE 'over' END
FROM unnest('{running,returned,approved,refused,withdrawn}'::text[]) AS states (state),
     unnest('{withdraw,urge,comment,copy}'::text[]) AS acts (action);
