INSERT INTO record_gone (kind, key, changed_at, source_id, line) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO NOTHING;
