INSERT INTO household (source_id, line, key, address_key, text, old_code, residence_file, raw)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (key) DO NOTHING;
