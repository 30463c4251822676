-- Every stored row of an address, as its import added it up: source, key, then the fields by name; also
-- those that a later file replaced.
SELECT source_id, key AS id, text, old_code, lon, lat, error_m, changed_at AS changed
FROM address
UNION ALL
SELECT source_id, key AS id, text, old_code, lon, lat, error_m, changed_at AS changed
FROM address_past;
