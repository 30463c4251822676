-- Every stored row of a household, as its import added it up; also those that a later file replaced.
SELECT source_id, key AS id, address_key AS address_id, text, old_code, residence_file, changed_at AS changed
FROM household
UNION ALL
SELECT source_id, key AS id, address_key AS address_id, text, old_code, residence_file, changed_at AS changed
FROM household_past;
