-- Addresses that have a text, to be hashed.
SELECT id, text, old_code FROM address WHERE text IS NOT NULL AND text <> '';
