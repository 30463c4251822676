-- Each address with its verdict, in the order in which the records came in.
SELECT r.key, v.status, u.code, v.candidates, v.warnings
FROM address r
LEFT JOIN verdict v ON v.kind = 1 AND v.record_id = r.id
LEFT JOIN unit u ON u.id = v.new_unit
ORDER BY r.id;
