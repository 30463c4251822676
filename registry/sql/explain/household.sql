-- The household of key ?1.
SELECT id, NULL, NULL, NULL, NULL, text, NULL, NULL, NULL, NULL, address_key, old_code, NULL, NULL
FROM household WHERE key = ?1;
