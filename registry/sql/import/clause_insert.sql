INSERT INTO clause (decree_id, number, text) VALUES (?1, ?2, ?3);
