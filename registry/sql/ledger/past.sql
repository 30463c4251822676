-- All verdicts that ended, in the order of kind and record, the one that ended first first.
SELECT kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates, warnings,
       border_m, queue, flags, run_id, probabilities, point_unit, rule_id, entry, seal, ended_by
FROM verdict_past
ORDER BY kind, record_id, ended_by;
