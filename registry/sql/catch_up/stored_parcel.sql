-- What is stored of a parcel with key ?1: the fields by their names.
SELECT id, source_id, line, changed_at, old_code, sheet, number, lon, lat, error_m
FROM main.parcel
WHERE key = ?1;
