-- U09: names and kinds that changed again after the reform.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'unit', l.code, l.id, n.id, ln.full_name || ' (' || l.valid_from || ')',
       n.full_name, n.lon, n.lat
FROM temp.new_unit n
JOIN unit l ON l.code = n.code AND l.id <> n.id
JOIN temp.named_unit ln ON ln.id = l.id
JOIN temp.reform r ON l.valid_from > r.day
WHERE ln.full_name <> n.full_name
ORDER BY l.code, l.valid_from;
