-- The units of the latest edge from code ?1 to code ?2; of the change of day ?3, where that is given.
SELECT e.old_unit, e.new_unit
FROM edge e
JOIN unit o ON o.id = e.old_unit
JOIN unit n ON n.id = e.new_unit
JOIN decree d ON d.id = e.decree_id
WHERE o.code = ?1 AND n.code = ?2 AND (?3 IS NULL OR d.effective_on = ?3)
ORDER BY d.effective_on DESC, e.id
LIMIT 1;
