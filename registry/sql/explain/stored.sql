-- The stored verdict on record ?2 of kind ?1.
SELECT v.status, u.code, v.candidates
FROM verdict v LEFT JOIN unit u ON u.id = v.new_unit
WHERE v.kind = ?1 AND v.record_id = ?2;
