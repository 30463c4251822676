SELECT household_id, new_file FROM file_number ORDER BY household_id;
