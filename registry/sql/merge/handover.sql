-- The day of the handover that the newest merge carried out, of those that no undo took back.
SELECT m.subject
FROM ledger m
WHERE m.operation = 'merge end' AND m.subject <> '' AND
      NOT EXISTS (SELECT 1 FROM ledger u
                  WHERE u.operation = 'undo' AND u.subject LIKE 'run ' || m.run_id || ':%' AND
                        NOT EXISTS (SELECT 1 FROM ledger r
                                    WHERE r.operation = 'redo' AND r.subject LIKE 'run ' || u.run_id || ':%'))
ORDER BY m.id DESC
LIMIT 1;
