-- A11: a new unit of the same name lies elsewhere.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, n.subject, n.key, n.old_unit, n.new_unit,
       ifnull((SELECT u.code || ' ' || u.full_name FROM temp.new_unit u WHERE u.id = n.new_unit), n.candidates),
       (SELECT u.code || ' ' || u.full_name FROM temp.old_unit u WHERE u.id = n.old_unit), n.lon, n.lat
FROM temp.noted_record n
WHERE NOT n.follows AND n.warnings & 256 AND n.old_unit IS NOT NULL
ORDER BY n.kind, n.record_id;
