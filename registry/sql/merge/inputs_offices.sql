-- What a plan depends on: offices.
SELECT id, old_id, new_id, unit_code, name, starts_on FROM office ORDER BY id;
