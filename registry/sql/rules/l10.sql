-- L10: the law moves a part that the map does not show.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'edge', o.code || ' ' || n.code, o.id, n.id,
       printf('%.2f %%', 100 * ifnull(v.share, 0)), e.part || ', ' || e.scope, o.lon, o.lat
FROM temp.law_edge e
JOIN temp.old_unit o ON o.id = e.old_unit
JOIN temp.new_unit n ON n.id = e.new_unit
LEFT JOIN temp.overlay v ON v.old_unit = e.old_unit AND v.new_unit = e.new_unit
WHERE (SELECT count(*) FROM temp.drawn) = 2 AND e.scope <> 'population_only'
  AND ifnull(v.share, 0) < 0.001
  AND EXISTS (SELECT 1 FROM temp.overlay x WHERE x.old_unit = e.old_unit)
  AND EXISTS (SELECT 1 FROM temp.overlay x WHERE x.new_unit = e.new_unit)
ORDER BY o.code, n.code;
