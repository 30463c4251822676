-- L01: a unit that its layer does not draw.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'unit', x.code, x.id, NULL, NULL, x.full_name, x.lon, x.lat
FROM temp.drawn d
JOIN temp.expected_unit x ON x.side = d.side
WHERE NOT EXISTS (SELECT 1 FROM layer_unit u WHERE u.layer_id = d.layer_id AND u.unit_id = x.id)
ORDER BY d.side, x.code;
