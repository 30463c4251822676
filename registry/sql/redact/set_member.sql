UPDATE member SET key = ?2, household_key = ?3, address_key = ?4 WHERE id = ?1;
