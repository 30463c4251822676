-- R04: verdicts that name a unit which is not in force.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, n.subject, n.key, n.old_unit, n.new_unit,
       (SELECT code FROM unit WHERE id = n.new_unit), NULL, n.lon, n.lat
FROM temp.noted_record n
WHERE n.why & 1
ORDER BY n.kind, n.record_id;
