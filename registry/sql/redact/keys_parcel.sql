SELECT id, key, sheet, number FROM parcel ORDER BY id;
