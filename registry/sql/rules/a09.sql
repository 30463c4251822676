-- A09: the same text and code twice.
-- Expected: the least key among the earlier records with this text and code. Needs temp.twin. One pass over
-- sorted rows: a text that stands on a thousand records is met a thousand times, not a million.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'address', key, NULL, NULL, NULL, first, lon, lat
FROM (SELECT a.id, a.key, a.lon, a.lat,
             min(a.key) OVER (PARTITION BY a.text, a.old_code ORDER BY a.id
                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS first
      FROM temp.twin t
      CROSS JOIN address a ON a.id = t.id)
WHERE first IS NOT NULL
ORDER BY id;
