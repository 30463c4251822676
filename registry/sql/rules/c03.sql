-- C03: cases that were overdue when they were handed over.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'case', n.key, n.old_unit, n.new_unit, (SELECT due_on FROM dossier WHERE id = n.record_id), (SELECT day FROM temp.reform), n.lon, n.lat
FROM temp.noted_record n
WHERE n.kind = 4 AND n.flags & 1
ORDER BY n.record_id;
