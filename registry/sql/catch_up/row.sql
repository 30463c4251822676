INSERT INTO catch_up_row (source_id, line, kind, record_id, what, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
