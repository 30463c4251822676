-- A07: points in no unit; expected: the nearest unit and its distance, else what the record names.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, n.subject, n.key, n.old_unit, n.new_unit,
       CASE WHEN n.lon IS NOT NULL THEN printf('%.6f, %.6f', n.lon, n.lat) END,
       ifnull(n.point_name || printf('; %.0f m', n.border_m),
              (SELECT u.code || ' ' || u.full_name FROM temp.old_unit u WHERE u.id = n.old_unit)),
       n.lon, n.lat
FROM temp.noted_record n
WHERE NOT n.follows AND (n.reason = 8 OR n.warnings & 8192) AND NOT n.warnings & 12
ORDER BY n.kind, n.record_id;
