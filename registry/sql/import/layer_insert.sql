INSERT INTO layer (source_id, name, as_of, synthetic) VALUES (?1, ?2, ?3, ?4);
