-- What is stored of a household with key ?1: the fields by their names.
SELECT id, source_id, line, changed_at, address_key AS address_id, text, old_code, residence_file
FROM main.household
WHERE key = ?1;
