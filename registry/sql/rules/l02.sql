-- L02: a code in a layer that is no unit of its day.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'layer', ifnull(u.code, '?'), NULL, NULL, trim(ifnull(u.kind, '') || ' ' || ifnull(u.name, '')),
       NULL, ST_X(ST_PointOnSurface(u.geom)), ST_Y(ST_PointOnSurface(u.geom))
FROM temp.drawn d
JOIN layer_unit u ON u.layer_id = d.layer_id
WHERE u.unit_id IS NULL
ORDER BY d.side, u.id;
