-- Every stored row of a member, as its import added it up.
SELECT source_id, key AS id, household_key AS household_id, is_head, address_key AS address_id FROM member;
