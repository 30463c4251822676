-- H03: one residence file number twice inside one new unit.
-- Expected: the first household with this number in the same new unit. Needs temp.twin.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'household', a.key, va.old_unit, va.new_unit, NULL, min(b.key),
       NULL, NULL
FROM temp.twin t
JOIN household a ON a.id = t.id
JOIN verdict va ON va.kind = 2 AND va.record_id = a.id
JOIN temp.twin s ON s.hash = t.hash AND s.id < t.id
JOIN household b ON b.id = s.id
JOIN verdict vb ON vb.kind = 2 AND vb.record_id = b.id
WHERE a.residence_file = b.residence_file AND va.new_unit = vb.new_unit
GROUP BY a.id
ORDER BY a.id;
