-- Every stored row of an address, as its import added it up: source, key, then the fields by name.
SELECT source_id, key AS id, text, old_code, lon, lat, error_m FROM address;
