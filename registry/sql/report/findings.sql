-- All findings in the order of the report.
SELECT f.rule, f.severity, f.subject_kind, f.subject_key, u.code, o.code, f.value_found,
       f.value_expected, f.lon, f.lat, ST_AsBinary(f.geom), f.id, f.unit_id, f.other_unit_id
FROM finding f
LEFT JOIN unit u ON u.id = f.unit_id
LEFT JOIN unit o ON o.id = f.other_unit_id
ORDER BY f.rule, f.id;
