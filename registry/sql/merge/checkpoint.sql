UPDATE run SET checkpoint_kind = ?2, checkpoint_id = ?3 WHERE id = ?1;
