-- The verdict of record ?2 of kind ?1 that ended last, and the operation and run that ended it.
SELECT kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates, warnings,
       border_m, queue, flags, run_id, probabilities, point_unit, rule_id, entry, seal,
       (SELECT operation FROM ledger WHERE id = ended_by), (SELECT run_id FROM ledger WHERE id = ended_by),
       ended_by
FROM verdict_past
WHERE kind = ?1 AND record_id = ?2
ORDER BY ended_by DESC
LIMIT 1;
