-- Every stored row of a member, as its import added it up; also those that a later file replaced.
SELECT source_id, key AS id, household_key AS household_id, is_head, address_key AS address_id, changed_at AS changed
FROM member
UNION ALL
SELECT source_id, key AS id, household_key AS household_id, is_head, address_key AS address_id, changed_at AS changed
FROM member_past;
