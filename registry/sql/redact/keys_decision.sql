SELECT id, record_key, actor, approved_by FROM decision ORDER BY id;
