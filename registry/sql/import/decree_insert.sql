INSERT INTO decree (number, province_code, effective_on, source_id) VALUES (?1, ?2, ?3, ?4);
