-- The numbers of residence files as run ?1 left them; a later run adds to them and takes some back.
SELECT household_id, new_unit, new_file, run_id FROM file_number WHERE ?1 = ?1 ORDER BY household_id;
