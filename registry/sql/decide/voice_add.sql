INSERT INTO decision_voice (kind, record_key, new_code, actor, actor_key, decided_on, reason, evidence,
                            override, candidates, rules, needs, list_id, list_row, run_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);
