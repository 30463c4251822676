-- The file from which the clauses of decree ?1 came, if they were read.
SELECT s.name
FROM edge e
JOIN source s ON s.id = e.source_id
WHERE e.decree_id = ?1 AND e.basis = 'law'
LIMIT 1;
