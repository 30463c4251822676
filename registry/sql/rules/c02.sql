-- C02: cases whose place is not known.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'case', n.key, n.old_unit, n.new_unit, n.candidates, NULL, n.lon, n.lat
FROM temp.noted_record n
WHERE n.kind = 4 AND n.queue = 'LOCATE'
ORDER BY n.record_id;
