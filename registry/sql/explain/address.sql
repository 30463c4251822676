-- The address of key ?1.
SELECT id, NULL, NULL, NULL, NULL, text, NULL, NULL, NULL, NULL, NULL, old_code, NULL, NULL
FROM address WHERE key = ?1;
