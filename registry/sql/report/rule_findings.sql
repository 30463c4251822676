-- The first ?2 findings of rule ?1.
SELECT f.rule, f.severity, f.subject_kind, f.subject_key, f.unit_id, f.other_unit_id, f.value_found,
       f.value_expected, f.lon, f.lat, ST_AsBinary(f.geom)
FROM finding f
WHERE f.rule = ?1
ORDER BY f.id
LIMIT ?2;
