-- The newest layer most of whose known units are in force on day ?1.
SELECT l.id, l.name, l.as_of, l.synthetic
FROM layer l
JOIN layer_unit lu ON lu.layer_id = l.id
JOIN unit u ON u.id = lu.unit_id
GROUP BY l.id
HAVING 2 * sum((u.valid_from IS NULL OR u.valid_from <= ?1) AND
               (u.valid_to IS NULL OR u.valid_to > ?1)) > count(*)
ORDER BY l.id DESC
LIMIT 1;
