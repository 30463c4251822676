UPDATE decision SET record_key = ?2, actor = ?3, approved_by = ?4 WHERE id = ?1;
