-- What the conditions of the stages go by, in one row: merges that did not end; errors that validation found;
-- whether the rules were run since the last import, merge, decision or undo; whether a merge ended since the step
-- to 'frozen'; verdicts that wait for people; rows that the newest import of records took in.
SELECT (SELECT count(*) FROM run WHERE command = 'merge' AND state = 'running'),
       (SELECT count(*) FROM finding WHERE severity = 3),
       EXISTS (SELECT 1 FROM run WHERE command = 'validate' AND state = 'done' AND id >
               ifnull((SELECT max(id) FROM run WHERE command LIKE 'import %' OR command LIKE 'merge%'
                       OR command LIKE 'decide%' OR command LIKE 'undo%'), 0)),
       EXISTS (SELECT 1 FROM run WHERE command LIKE 'merge%' AND state = 'done' AND id >
               ifnull((SELECT max(run_id) FROM stage_step WHERE stage = 'frozen' AND before IN ('draft', 'rehearsed')), 0)),
       (SELECT count(*) FROM verdict WHERE status <> 1);
