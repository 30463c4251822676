UPDATE dossier SET key = ?2, parcel_key = ?3, household_key = ?4 WHERE id = ?1;
