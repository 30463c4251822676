UPDATE sheet_number SET old_sheet = ?2, new_sheet = ?3
WHERE old_unit || ' ' || new_unit || ' ' || old_sheet = ?1;
