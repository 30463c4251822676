-- The stage: that of the last step.
SELECT stage, run_id FROM stage_step ORDER BY id DESC LIMIT 1;
