-- U04: a code that means another unit after the reform.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'unit', n.code, n.id, o.id, n.full_name, o.full_name, n.lon, n.lat
FROM temp.new_unit n
JOIN temp.old_unit o ON o.code = n.code
WHERE n.full_name <> o.full_name
ORDER BY n.code;
