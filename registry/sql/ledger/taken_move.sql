-- Moves the verdict of record ?2 of kind ?1, which was taken back where it lies, out of its place.
INSERT INTO verdict_row_past (kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates,
                              warnings, border_m, queue, flags, run_id, probabilities, point_unit, rule_id,
                              entry, seal, ended_by)
SELECT v.kind, v.record_id, v.status, v.method, v.reason, v.new_unit, v.old_unit, v.edge_id, v.candidates,
       v.warnings, v.border_m, v.queue, v.flags, v.run_id, v.probabilities, v.point_unit, v.rule_id, v.entry,
       v.seal, t.ended_by
FROM verdict_taken t
CROSS JOIN verdict_row v ON v.kind = t.kind AND v.record_id = t.record_id
WHERE t.kind = ?1 AND t.record_id = ?2;
