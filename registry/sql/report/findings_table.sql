-- All findings for findings.csv.
SELECT f.rule, CASE f.severity WHEN 1 THEN 'note' WHEN 2 THEN 'warning' ELSE 'error' END,
       f.subject_kind, f.subject_key, u.code, o.code, f.value_found, f.value_expected,
       CASE WHEN f.lon IS NOT NULL THEN printf('%.6f', f.lon) END,
       CASE WHEN f.lat IS NOT NULL THEN printf('%.6f', f.lat) END
FROM finding f
LEFT JOIN unit u ON u.id = f.unit_id
LEFT JOIN unit o ON o.id = f.other_unit_id
ORDER BY f.id;
