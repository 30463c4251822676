SELECT id, key FROM address ORDER BY id;
