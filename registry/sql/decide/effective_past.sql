INSERT INTO decision_past (what, kind, record_key, new_code, actor, approved_by, decided_on, reason,
                           evidence, ended, ended_by, ended_on, ended_why, run_id, made_by)
SELECT 'decision', kind, record_key, new_code, actor, approved_by, decided_on, reason, evidence,
       ?3, ?4, ?5, ?6, ?7, run_id
FROM decision WHERE kind = ?1 AND record_key = ?2;
