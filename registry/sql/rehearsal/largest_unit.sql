-- The new unit with the most records.
SELECT u.code FROM verdict v JOIN unit u ON u.id = v.new_unit
GROUP BY u.id ORDER BY count(*) DESC, u.code LIMIT 1;
