-- What people said of a record, the first first.
SELECT id, new_code, actor, actor_key, decided_on, reason, evidence, needs FROM decision_voice
WHERE kind = ?1 AND record_key = ?2 ORDER BY id;
