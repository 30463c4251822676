-- Gives a sheet its number: old unit, sheet, new unit, number, run. Adds nothing when the number is
-- taken.
INSERT OR IGNORE INTO sheet_number (old_unit, old_sheet, new_unit, new_sheet, run_id)
VALUES (?1, ?2, ?3, ?4, ?5);
