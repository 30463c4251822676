-- All verdicts in the order of their key.
SELECT kind, record_id, status, method, reason, new_unit, old_unit, candidates
FROM verdict
ORDER BY kind, record_id;
