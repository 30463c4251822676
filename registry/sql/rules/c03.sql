-- C03: cases that were overdue when they were handed over. They may be many: their rows are reached once.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'case', d.key, v.old_unit, v.new_unit, d.due_on, r.day, d.lon, d.lat
FROM temp.noted n
JOIN verdict v ON v.kind = n.kind AND v.record_id = n.record_id
JOIN dossier d ON d.id = n.record_id
JOIN temp.reform r
WHERE n.kind = 4 AND v.flags & 1
ORDER BY n.record_id;
