-- The numbers of sheets as run ?1 left them; a later run adds to them.
SELECT old_unit, old_sheet, new_unit, new_sheet, run_id FROM sheet_number WHERE ?1 = ?1
ORDER BY old_unit, old_sheet, new_unit;
