-- The codes of new units, as candidates name them.
SELECT DISTINCT u.code, u.id FROM unit u JOIN edge e ON e.new_unit = u.id ORDER BY length(u.code), u.code;
