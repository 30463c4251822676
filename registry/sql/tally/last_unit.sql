-- The highest unit id.
SELECT ifnull(max(id), 0) FROM unit;
