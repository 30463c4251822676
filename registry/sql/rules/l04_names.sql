-- What the layers call the units, and what the lists call them.
SELECT x.code, x.id, u.name, x.full_name, x.name, x.lon, x.lat
FROM temp.drawn d
JOIN layer_unit u ON u.layer_id = d.layer_id
JOIN temp.expected_unit x ON x.side = d.side AND x.id = u.unit_id
WHERE u.name IS NOT NULL AND u.name <> ''
ORDER BY d.side, x.code, u.id;
