INSERT INTO office (old_id, new_id, unit_code, name, starts_on, source_id, source_line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT DO NOTHING;
