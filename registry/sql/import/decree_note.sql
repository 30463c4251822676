INSERT INTO decree_note (decree_id, severity, key, clause, message) VALUES (?1, ?2, ?3, ?4, ?5);
