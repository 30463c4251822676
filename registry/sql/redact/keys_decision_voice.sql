SELECT id, record_key, actor, actor_key, list_id FROM decision_voice ORDER BY id;
