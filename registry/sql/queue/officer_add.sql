INSERT OR IGNORE INTO officer (unit_code, kind, name, run_id) VALUES (?1, ?2, ?3, ?4);
