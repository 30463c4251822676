UPDATE file_number SET new_file = ?2 WHERE household_id = ?1;
