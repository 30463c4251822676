-- What is stored of an address with key ?1: the fields by their names.
SELECT id, source_id, line, changed_at, text, old_code, lon, lat, error_m
FROM main.address
WHERE key = ?1;
