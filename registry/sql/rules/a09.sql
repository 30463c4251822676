-- A09: the same text and code twice.
-- Expected: the key of the first record with this text and code. Needs temp.twin.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'address', a.key, NULL, NULL, NULL, min(b.key), a.lon, a.lat
FROM temp.twin t
JOIN address a ON a.id = t.id
JOIN temp.twin s ON s.hash = t.hash AND s.id < t.id
JOIN address b ON b.id = s.id
WHERE a.text = b.text AND a.old_code IS b.old_code
GROUP BY a.id
ORDER BY a.id;
