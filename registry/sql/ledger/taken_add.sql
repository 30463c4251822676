INSERT INTO verdict_taken (kind, record_id, ended_by) VALUES (?1, ?2, ?3);
