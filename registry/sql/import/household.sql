INSERT INTO household (source_id, line, key, address_key, text, old_code, residence_file, raw, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT DO NOTHING;
