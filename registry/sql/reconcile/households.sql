-- Every stored row of a household, as its import added it up.
SELECT source_id, key AS id, address_key AS address_id, text, old_code, residence_file FROM household;
