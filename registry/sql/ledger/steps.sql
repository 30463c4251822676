-- The step that run ?1 made.
SELECT id, stage, before, conditions, reason, evidence, evidence_sha256, run_id FROM stage_step WHERE run_id = ?1
ORDER BY id;
