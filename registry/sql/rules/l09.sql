-- L09: the map moves a part that the law does not.
-- Found: share and area of the old unit that the map puts into the other one.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'edge', o.code || ' ' || n.code, o.id, n.id,
       printf('%.1f %%; %.4f km²', 100 * v.share, v.area_m2 / 1e6), '0', v.lon, v.lat
FROM temp.overlay v
JOIN temp.old_unit o ON o.id = v.old_unit
JOIN temp.new_unit n ON n.id = v.new_unit
WHERE v.share >= 0.02
  AND NOT EXISTS (SELECT 1 FROM temp.law_edge e
                  WHERE e.old_unit = v.old_unit AND e.new_unit = v.new_unit)
ORDER BY v.share DESC, o.code, n.code;
