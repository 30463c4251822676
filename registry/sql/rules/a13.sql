-- A13: a rule for a part of a unit that no edge carries, or whose old unit is not split.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'edge', o.code || ' ' || n.code, o.id, n.id, 'rule ' || r.id, NULL, n.lon, n.lat
FROM split_rule r
JOIN unit o ON o.id = r.old_unit
JOIN unit n ON n.id = r.new_unit
WHERE r.state = 'used'
  AND (NOT EXISTS (SELECT 1 FROM edge e WHERE e.old_unit = r.old_unit AND e.new_unit = r.new_unit)
       OR (SELECT count(DISTINCT e.new_unit) FROM edge e WHERE e.old_unit = r.old_unit) < 2)
ORDER BY o.code, r.id;
