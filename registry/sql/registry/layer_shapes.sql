-- The areas of layer ?1 that have a shape, as WKB.
SELECT lu.unit_id, lu.code, ST_AsBinary(lu.geom)
FROM layer_unit lu
WHERE lu.layer_id = ?1 AND lu.geom IS NOT NULL
ORDER BY lu.id;
