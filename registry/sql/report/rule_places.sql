-- The first ?2 findings of rule ?1 that have a place.
SELECT f.rule, f.severity, f.subject_kind, f.subject_key, f.unit_id, f.other_unit_id, f.value_found,
       f.value_expected, f.lon, f.lat, ST_AsBinary(f.geom)
FROM finding f
WHERE f.rule = ?1 AND f.lon IS NOT NULL
ORDER BY f.id
LIMIT ?2;
