INSERT INTO address (source_id, line, key, text, old_code, lon, lat, error_m, raw, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT DO NOTHING;
