UPDATE run SET actor = ?2 WHERE id = ?1;
