-- How many old units lead into each new unit, and how many new units an old one leads to.
SELECT u.id, (SELECT count(DISTINCT e.old_unit) FROM edge e WHERE e.new_unit = u.id),
       (SELECT count(DISTINCT e.new_unit) FROM edge e WHERE e.old_unit = u.id)
FROM unit u
WHERE u.id IN (SELECT old_unit FROM edge) OR u.id IN (SELECT new_unit FROM edge)
ORDER BY u.code, u.id;
