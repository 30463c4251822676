-- Gives a residence file its number: household, new unit, number, run. Adds nothing when the number
-- is taken.
INSERT OR IGNORE INTO file_number (household_id, new_unit, new_file, run_id)
VALUES (?1, ?2, ?3, ?4);
