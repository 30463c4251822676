-- A03: metres, or the wrong central meridian. Expected: the unit that holds the place when it is read
-- rightly, where that is one, else what the record names.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, n.subject, n.key, n.old_unit, n.new_unit,
       CASE WHEN n.lon IS NOT NULL THEN printf('%.6f, %.6f', n.lon, n.lat) END,
       coalesce(n.point_name,
                (SELECT u.code || ' ' || u.full_name FROM temp.old_unit u WHERE u.id = n.old_unit),
                n.candidates), NULL, NULL
FROM temp.noted_record n
WHERE NOT n.follows AND n.warnings & 8
ORDER BY n.kind, n.record_id;
