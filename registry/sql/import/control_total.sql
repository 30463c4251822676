INSERT INTO control_total (source_id, column_name, filled, sum) VALUES (?1, ?2, ?3, ?4);
