-- A06: codes that were in force on no day.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, n.subject, n.key, n.old_unit, n.new_unit,
       n.old_code,
       NULL, n.lon, n.lat
FROM temp.noted_record n
WHERE NOT n.follows AND n.reason = 6
ORDER BY n.kind, n.record_id;
