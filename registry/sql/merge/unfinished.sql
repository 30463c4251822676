-- The newest merge that did not come to its end.
SELECT id, plan_hash, checkpoint_kind, checkpoint_id
FROM run
WHERE command = 'merge' AND state = 'running'
ORDER BY id DESC
LIMIT 1;
