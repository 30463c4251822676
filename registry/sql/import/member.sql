INSERT INTO member (source_id, line, key, household_key, is_head, address_key)
VALUES (?1, ?2, ?3, ?4, ifnull(?5, 0), ?6)
ON CONFLICT (key) DO NOTHING;
