-- The first and the last day of the unit lists that are stored for province ?1, but for source ?2.
SELECT min(s.as_of), max(s.as_of)
FROM unit u
JOIN source s ON s.id = u.source_id
WHERE s.kind = 'units' AND u.province_code = ?1 AND s.id <> ?2;
