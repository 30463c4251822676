SELECT id, key, address_key, residence_file FROM household ORDER BY id;
