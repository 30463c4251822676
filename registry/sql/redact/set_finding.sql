UPDATE finding SET subject_key = ?2 WHERE id = ?1;
