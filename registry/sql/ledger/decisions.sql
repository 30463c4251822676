-- What run ?1 decided and ended, wherever it stands by now.
SELECT 'voice', kind, record_key, new_code, actor, decided_on, reason, evidence, NULL, NULL, NULL
FROM decision_voice WHERE run_id = ?1
UNION ALL
SELECT what, kind, record_key, new_code, actor, decided_on, reason, evidence, approved_by, NULL, NULL
FROM decision_past WHERE made_by = ?1
UNION ALL
SELECT 'decision', kind, record_key, new_code, actor, decided_on, reason, evidence, approved_by, NULL, NULL
FROM decision WHERE run_id = ?1
UNION ALL
SELECT 'ended ' || what, kind, record_key, new_code, actor, ended_on, ended_why, evidence, approved_by,
       ended, ended_by
FROM decision_past WHERE run_id = ?1
ORDER BY 1, 2, 3, 4, 5;
