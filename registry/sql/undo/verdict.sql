-- The verdict of record ?2 of kind ?1.
SELECT kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates, warnings,
       border_m, queue, flags, run_id, probabilities, point_unit, rule_id, entry, seal
FROM verdict
WHERE kind = ?1 AND record_id = ?2;
