-- C04: cases that are due before they were received.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'case', d.key, NULL, NULL, d.due_on, d.received_on, d.lon, d.lat
FROM dossier d
WHERE d.due_on < d.received_on
ORDER BY d.id;
