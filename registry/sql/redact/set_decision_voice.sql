UPDATE decision_voice SET record_key = ?2, actor = ?3, actor_key = ?4, list_id = ?5 WHERE id = ?1;
