-- Where a household's own address and its members' addresses lie.
CREATE TEMP TABLE torn AS
SELECT DISTINCT w.key, u.code
FROM (SELECT h.key, h.address_key FROM temp.asked a JOIN household h ON h.key = a.key
      WHERE a.kind = 2 AND h.address_key IS NOT NULL
      UNION
      SELECT m.household_key, m.address_key FROM member m
      JOIN temp.asked a ON a.kind = 2 AND a.key = m.household_key WHERE m.address_key IS NOT NULL) w
JOIN address d ON d.key = w.address_key
JOIN verdict v ON v.kind = 1 AND v.record_id = d.id AND v.status = 1
JOIN unit u ON u.id = v.new_unit;
