INSERT INTO decision_past (what, kind, record_key, new_code, actor, decided_on, reason, evidence,
                           ended, ended_by, ended_on, ended_why, run_id, made_by)
SELECT 'voice', kind, record_key, new_code, actor, decided_on, reason, evidence, ?2, ?3, ?4, ?5, ?6, run_id
FROM decision_voice WHERE id = ?1;
