UPDATE household SET key = ?2, address_key = ?3, residence_file = ?4 WHERE id = ?1;
