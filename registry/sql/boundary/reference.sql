-- Where units lie: their sketch points, and their boxes in the stored layers (drawn when the borders
-- are real). A unit of which neither is known has the places of the units on the other side of its
-- edges. 0, 0 stands for no point in circulating lists.
WITH place AS (
    SELECT u.id AS unit_id, u.code, u.lon AS min_x, u.lat AS min_y, u.lon AS max_x, u.lat AS max_y,
           0 AS drawn
    FROM unit u
    WHERE u.lon IS NOT NULL AND u.lat IS NOT NULL AND NOT (u.lon = 0 AND u.lat = 0)
    UNION ALL
    SELECT lu.unit_id, coalesce(u.code, lu.code), MbrMinX(lu.geom), MbrMinY(lu.geom),
           MbrMaxX(lu.geom), MbrMaxY(lu.geom), NOT l.synthetic
    FROM layer_unit lu
    JOIN layer l ON l.id = lu.layer_id
    LEFT JOIN unit u ON u.id = lu.unit_id
    WHERE lu.geom IS NOT NULL
),
known AS (SELECT unit_id FROM place WHERE unit_id IS NOT NULL)
SELECT code, min_x, min_y, max_x, max_y, drawn
FROM place
WHERE code IS NOT NULL
UNION
SELECT n.code, p.min_x, p.min_y, p.max_x, p.max_y, 0
FROM place p
JOIN edge e ON e.old_unit = p.unit_id
JOIN unit n ON n.id = e.new_unit
WHERE e.new_unit NOT IN known
UNION
SELECT o.code, p.min_x, p.min_y, p.max_x, p.max_y, 0
FROM place p
JOIN edge e ON e.new_unit = p.unit_id
JOIN unit o ON o.id = e.old_unit
WHERE e.old_unit NOT IN known
ORDER BY 1, 2, 3, 4, 5, 6;
