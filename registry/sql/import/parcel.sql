INSERT INTO parcel (source_id, line, key, old_code, sheet, number, lon, lat, error_m, raw, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT DO NOTHING;
