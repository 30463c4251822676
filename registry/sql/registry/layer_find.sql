-- The layer whose known units are in force on day ?1, best by steps of 5 % of its units; of equals
-- the newest. One that draws mostly another day is none.
WITH fit AS (
    SELECT lu.layer_id,
           avg((u.valid_from IS NULL OR u.valid_from <= ?1) AND
               (u.valid_to IS NULL OR u.valid_to > ?1)) AS share
    FROM layer_unit lu
    JOIN unit u ON u.id = lu.unit_id
    GROUP BY lu.layer_id
)
SELECT l.id, l.name, l.as_of, l.synthetic
FROM layer l
JOIN fit ON fit.layer_id = l.id
WHERE fit.share > 0.5
ORDER BY round(fit.share * 20) DESC, l.id DESC
LIMIT 1;
