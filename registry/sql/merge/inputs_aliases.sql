-- What a plan depends on: aliases.
SELECT id, former_code, former_name, last_day, successor_code, successor_name
FROM district_alias ORDER BY id;
