-- Which units the stored layers draw.
SELECT l.id, l.name, l.synthetic, lu.unit_id
FROM layer l
JOIN layer_unit lu ON lu.layer_id = l.id
WHERE lu.unit_id IS NOT NULL
ORDER BY l.id, lu.unit_id;
