INSERT INTO temp.delta (key, gone, changed_at, line, staged, record_id, totals)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
