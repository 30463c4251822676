SELECT id, record_key, actor, approved_by, ended_by FROM decision_past ORDER BY id;
