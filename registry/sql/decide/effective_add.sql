INSERT INTO decision (kind, record_key, new_code, actor, decided_on, reason, evidence, approved_by, run_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
