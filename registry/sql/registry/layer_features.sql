-- Everything that layer ?1 draws, also what has no shape.
SELECT lu.unit_id, lu.line, lu.code, lu.name, lu.kind, ST_AsBinary(lu.geom)
FROM layer_unit lu
WHERE lu.layer_id = ?1
ORDER BY lu.id;
