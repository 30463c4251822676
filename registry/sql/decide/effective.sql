SELECT new_code, actor, approved_by FROM decision WHERE kind = ?1 AND record_key = ?2;
