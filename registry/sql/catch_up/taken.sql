INSERT INTO temp.taken (staged, record_id, what) VALUES (?1, ?2, ?3);
