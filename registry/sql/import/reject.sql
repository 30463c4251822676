INSERT INTO reject (source_id, line, column_name, reason) VALUES (?1, ?2, ?3, ?4);
