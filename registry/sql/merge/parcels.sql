-- Parcels behind id ?1, with their evidence.
SELECT id, source_id, sheet, old_code, lon, lat, error_m
FROM parcel
WHERE id > ?1
ORDER BY id;
