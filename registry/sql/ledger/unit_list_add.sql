INSERT INTO verdict_unit (entry, side, unit_id, kind, ids) VALUES (?1, ?2, ?3, ?4, ?5);
