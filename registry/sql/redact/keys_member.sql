SELECT id, key, household_key, address_key FROM member ORDER BY id;
