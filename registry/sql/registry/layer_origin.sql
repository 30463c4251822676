-- Layer ?1's name and the system of its coordinates.
SELECT l.name, s.crs, s.transform, s.accuracy_m
FROM layer l
JOIN source s ON s.id = l.source_id
WHERE l.id = ?1;
