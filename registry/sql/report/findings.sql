-- Findings of one sort in the order in which they were stored: ?1 is 0 for those with an area of their
-- own, 1 for those with a place on earth, 2 for the others, NULL for all.
SELECT f.rule, f.severity, f.subject_kind, f.subject_key, u.code, o.code, f.value_found,
       f.value_expected, f.lon, f.lat, ST_AsBinary(f.geom)
FROM finding f
LEFT JOIN unit u ON u.id = f.unit_id
LEFT JOIN unit o ON o.id = f.other_unit_id
WHERE ?1 IS NULL
   OR ?1 = CASE WHEN f.geom IS NOT NULL THEN 0
                WHEN abs(f.lon) <= 180 AND abs(f.lat) <= 90 THEN 1 ELSE 2 END
ORDER BY f.id;
