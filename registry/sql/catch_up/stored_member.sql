-- What is stored of a member with key ?1: the fields by their names.
SELECT id, source_id, line, changed_at, household_key AS household_id, is_head, address_key AS
       address_id
FROM main.member
WHERE key = ?1;
