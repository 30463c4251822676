INSERT INTO stage_step (stage, before, conditions, reason, evidence, evidence_sha256, run_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
