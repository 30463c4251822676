-- All verdicts in force, in the order of kind and record.
SELECT kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates, warnings,
       border_m, queue, flags, run_id, probabilities, point_unit, rule_id, entry, seal
FROM verdict
ORDER BY kind, record_id;
