-- Each record: the unit that it is assigned to (NULL for none), whether a person decided on it, and whether one
-- decided on what it refers to.
SELECT 1 AS kind, r.key, u.code, d.id IS NOT NULL, 0
FROM address r
LEFT JOIN verdict v ON v.kind = 1 AND v.record_id = r.id LEFT JOIN unit u ON u.id = v.new_unit
LEFT JOIN decision d ON d.kind = 1 AND d.record_key = r.key
UNION ALL
SELECT 2, r.key, u.code, d.id IS NOT NULL, a.id IS NOT NULL
FROM household r
LEFT JOIN verdict v ON v.kind = 2 AND v.record_id = r.id LEFT JOIN unit u ON u.id = v.new_unit
LEFT JOIN decision d ON d.kind = 2 AND d.record_key = r.key
LEFT JOIN decision a ON a.kind = 1 AND a.record_key = r.address_key
UNION ALL
SELECT 3, r.key, u.code, d.id IS NOT NULL, 0
FROM parcel r
LEFT JOIN verdict v ON v.kind = 3 AND v.record_id = r.id LEFT JOIN unit u ON u.id = v.new_unit
LEFT JOIN decision d ON d.kind = 3 AND d.record_key = r.key
UNION ALL
SELECT 4, r.key, u.code, d.id IS NOT NULL, p.id IS NOT NULL OR h.id IS NOT NULL OR a.id IS NOT NULL
FROM dossier r
LEFT JOIN verdict v ON v.kind = 4 AND v.record_id = r.id LEFT JOIN unit u ON u.id = v.new_unit
LEFT JOIN decision d ON d.kind = 4 AND d.record_key = r.key
LEFT JOIN decision p ON p.kind = 3 AND p.record_key = r.parcel_key
LEFT JOIN decision h ON h.kind = 2 AND h.record_key = r.household_key
LEFT JOIN household o ON o.key = r.household_key
LEFT JOIN decision a ON a.kind = 1 AND a.record_key = o.address_key;
