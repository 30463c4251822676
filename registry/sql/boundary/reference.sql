-- Where units lie: their sketch points, and their centres of gravity in the stored layers (drawn when
-- the borders are real), with the width and height of the box. A unit of which neither is known has
-- the places of the units on the other side of its edges. 0, 0 stands for no point in circulating
-- lists.
WITH shape AS (
    SELECT lu.unit_id, coalesce(u.code, lu.code) AS code, ST_Centroid(lu.geom) AS centre,
           MbrMaxX(lu.geom) - MbrMinX(lu.geom) AS width,
           MbrMaxY(lu.geom) - MbrMinY(lu.geom) AS height, NOT l.synthetic AS drawn
    FROM layer_unit lu
    JOIN layer l ON l.id = lu.layer_id
    LEFT JOIN unit u ON u.id = lu.unit_id
    WHERE lu.geom IS NOT NULL
),
place AS MATERIALIZED (
    SELECT u.id AS unit_id, u.code, u.lon, u.lat, 0 AS width, 0 AS height, 0 AS drawn
    FROM unit u
    WHERE u.lon IS NOT NULL AND u.lat IS NOT NULL AND NOT (u.lon = 0 AND u.lat = 0)
    UNION ALL
    SELECT unit_id, code, ST_X(centre), ST_Y(centre), width, height, drawn
    FROM shape
),
known AS (SELECT unit_id FROM place WHERE unit_id IS NOT NULL)
SELECT code, lon, lat, width, height, drawn
FROM place
WHERE code IS NOT NULL AND lon IS NOT NULL
UNION
SELECT n.code, p.lon, p.lat, p.width, p.height, 0
FROM place p
JOIN edge e ON e.old_unit = p.unit_id
JOIN unit n ON n.id = e.new_unit
WHERE e.new_unit NOT IN known
UNION
SELECT o.code, p.lon, p.lat, p.width, p.height, 0
FROM place p
JOIN edge e ON e.new_unit = p.unit_id
JOIN unit o ON o.id = e.old_unit
WHERE e.old_unit NOT IN known
ORDER BY 1, 2, 3, 4, 5, 6;
