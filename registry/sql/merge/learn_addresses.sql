-- Addresses that may teach where a part of a unit went: those with a text and a point.
SELECT a.text, a.old_code, a.lon, a.lat, a.error_m, s.as_of
FROM address a
JOIN source s ON s.id = a.source_id
WHERE a.text IS NOT NULL AND a.lon IS NOT NULL
ORDER BY a.id;
