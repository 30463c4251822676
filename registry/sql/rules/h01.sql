-- H01: households whose members live in different new units.
-- Found: the new units of the members' addresses; expected: the household's own.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
WITH place (household_id, new_unit) AS MATERIALIZED (
    SELECT h.id, va.new_unit
    FROM member m
    JOIN household h ON h.key = m.household_key
    JOIN address a ON a.key = m.address_key
    JOIN verdict va ON va.kind = 1 AND va.record_id = a.id AND va.status = 1
    WHERE m.address_key IS NOT NULL AND m.address_key IS NOT h.address_key
),
torn (household_id) AS (
    SELECT p.household_id
    FROM place p
    LEFT JOIN verdict v ON v.kind = 2 AND v.record_id = p.household_id AND v.status = 1
    GROUP BY p.household_id
    HAVING count(DISTINCT p.new_unit) > 1 OR max(v.new_unit IS NOT NULL AND v.new_unit <> p.new_unit)
)
SELECT ?1, ?2, ?3, 'household', h.key, v.old_unit, v.new_unit,
       (SELECT group_concat(code, ' ')
        FROM (SELECT DISTINCT u.code FROM place p JOIN unit u ON u.id = p.new_unit
              WHERE p.household_id = h.id ORDER BY u.code)),
       ifnull((SELECT code FROM unit WHERE id = v.new_unit), v.candidates), NULL, NULL
FROM torn t
JOIN household h ON h.id = t.household_id
LEFT JOIN verdict v ON v.kind = 2 AND v.record_id = h.id
ORDER BY h.id;
