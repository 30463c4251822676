-- Offices, by their old id, then by the day from which the new one applies.
SELECT old_id, new_id, unit_code, name, starts_on FROM office ORDER BY old_id, ifnull(starts_on, '');
