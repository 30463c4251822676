SELECT id, key, parcel_key, household_key FROM dossier ORDER BY id;
