-- The verdicts of kind ?1 behind record ?2, up to record ?3, with the entry that took them back where
-- they lie (NULL: they stand).
SELECT v.kind, v.record_id, v.status, v.method, v.reason, v.new_unit, v.old_unit, v.edge_id, v.candidates,
       v.warnings, v.border_m, v.queue, v.flags, v.run_id, v.probabilities, v.point_unit, v.rule_id, v.entry,
       v.seal, t.ended_by
FROM verdict_row v
LEFT JOIN verdict_taken t ON t.kind = v.kind AND t.record_id = v.record_id
WHERE v.kind = ?1 AND v.record_id > ?2 AND v.record_id <= ?3
ORDER BY v.record_id;
