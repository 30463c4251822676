-- L05: a measured area that is far from the area in law.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'unit', x.code, x.id, NULL,
       printf('%.3f km² (%+.1f %%)', sum(u.area_km2), 100 * (sum(u.area_km2) / x.area_km2 - 1)),
       printf('%.3f km²', x.area_km2), x.lon, x.lat
FROM temp.drawn d
JOIN layer_unit u ON u.layer_id = d.layer_id
JOIN temp.expected_unit x ON x.side = d.side AND x.id = u.unit_id
WHERE d.synthetic = 0 AND u.area_km2 IS NOT NULL AND x.area_km2 IS NOT NULL
GROUP BY d.side, x.id
HAVING abs(sum(u.area_km2) / x.area_km2 - 1) > 0.05
ORDER BY abs(sum(u.area_km2) / x.area_km2 - 1) DESC, x.code;
