-- Addresses behind id ?1, with their evidence.
SELECT id, source_id, text, old_code, lon, lat, error_m
FROM address
WHERE id > ?1
ORDER BY id;
