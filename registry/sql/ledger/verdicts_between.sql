-- The verdicts of kind ?1 behind record ?2, up to record ?3.
SELECT kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates, warnings,
       border_m, queue, flags, run_id, probabilities, point_unit, rule_id, entry, seal
FROM verdict
WHERE kind = ?1 AND record_id > ?2 AND record_id <= ?3
ORDER BY record_id;
