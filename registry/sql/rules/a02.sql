-- A02: longitude and latitude exchanged. The finding's place is the one that they give when exchanged.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, n.subject, n.key, n.old_unit, n.new_unit,
       CASE WHEN n.lon IS NOT NULL THEN printf('%.6f, %.6f', n.lon, n.lat) END,
       CASE WHEN n.lon IS NOT NULL THEN printf('%.6f, %.6f', n.lat, n.lon) || ifnull('; ' || n.point_name, '') END,
       n.lat, n.lon
FROM temp.noted_record n
WHERE NOT n.follows AND n.warnings & 4
ORDER BY n.kind, n.record_id;
