-- The parcel of key ?1.
SELECT id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, old_code, NULL, NULL
FROM parcel WHERE key = ?1;
