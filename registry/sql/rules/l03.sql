-- L03: a unit that a layer draws twice.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'unit', x.code, x.id, NULL, CAST(count(*) AS TEXT), '1', x.lon, x.lat
FROM temp.drawn d
JOIN layer_unit u ON u.layer_id = d.layer_id
JOIN temp.expected_unit x ON x.side = d.side AND x.id = u.unit_id
GROUP BY d.side, x.id
HAVING count(*) > 1
ORDER BY d.side, x.code;
