-- Clauses of the reform's resolutions, and how many new units each resolution has in the registry.
SELECT d.number, c.number, c.text,
       (SELECT count(*) FROM temp.new_unit n WHERE n.resolution = d.number)
FROM clause c
JOIN decree d ON d.id = c.decree_id
JOIN temp.reform r ON d.effective_on = r.day
ORDER BY d.id, c.number;
