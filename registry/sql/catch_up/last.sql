-- The highest id.
SELECT ifnull(max(id), 0) FROM main.address;
