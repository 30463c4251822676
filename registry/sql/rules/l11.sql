-- L11: a feature without geometry.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'layer', ifnull(u.code, '?'), u.unit_id, NULL, NULL,
       trim(ifnull(u.kind, '') || ' ' || ifnull(u.name, '')), x.lon, x.lat
FROM temp.drawn d
JOIN layer_unit u ON u.layer_id = d.layer_id
LEFT JOIN unit x ON x.id = u.unit_id
WHERE u.geom IS NULL
ORDER BY d.side, u.id;
