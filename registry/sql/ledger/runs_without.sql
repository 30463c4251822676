-- Runs behind the first one of the ledger that wrote to it by their command, ended, and whose last entry is
-- not there.
SELECT id, command
FROM run
WHERE state <> 'running' AND id > (SELECT min(run_id) FROM ledger)
  AND ((command = 'merge' AND state = 'done' AND
        NOT EXISTS (SELECT 1 FROM ledger l WHERE l.run_id = run.id AND l.operation = 'merge end'))
    OR ((command IN ('undo', 'sign', 'learn', 'stage') OR command LIKE 'import %' OR command LIKE 'concordance %') AND
        NOT EXISTS (SELECT 1 FROM ledger l WHERE l.run_id = run.id)))
ORDER BY id;
