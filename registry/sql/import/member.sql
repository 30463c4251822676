INSERT INTO member (source_id, line, key, household_key, is_head, address_key, changed_at)
VALUES (?1, ?2, ?3, ?4, ifnull(?5, 0), ?6, ?7)
ON CONFLICT DO NOTHING;
