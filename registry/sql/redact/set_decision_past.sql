UPDATE decision_past SET record_key = ?2, actor = ?3, approved_by = ?4, ended_by = ?5 WHERE id = ?1;
