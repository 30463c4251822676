UPDATE parcel SET key = ?2, sheet = ?3, number = ?4 WHERE id = ?1;
