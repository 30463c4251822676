-- All steps, with when and by whom.
SELECT s.stage, s.before, s.conditions, s.reason, s.evidence, s.evidence_sha256, r.started_at, r.actor
FROM stage_step s
JOIN run r ON r.id = s.run_id
ORDER BY s.id;
