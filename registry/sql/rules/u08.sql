-- U08: new units whose area or population is not stated.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'unit', n.code, n.id, NULL,
       printf('%s km²; %s', ifnull(n.area_km2, '?'), ifnull(n.population, '?')), NULL, n.lon, n.lat
FROM temp.new_unit n
WHERE n.area_km2 IS NULL OR n.population IS NULL
ORDER BY n.code;
