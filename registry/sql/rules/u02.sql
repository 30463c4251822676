-- U02: every new unit has at least one predecessor.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'unit', n.code, n.id, NULL, '0', '>= 1', n.lon, n.lat
FROM temp.new_unit n
WHERE NOT EXISTS (SELECT 1 FROM temp.law_edge e WHERE e.new_unit = n.id)
ORDER BY n.code;
