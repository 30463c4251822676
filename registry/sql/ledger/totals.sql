-- The control totals of the files that run ?1 took in.
SELECT t.source_id, t.column_name, t.filled, t.sum
FROM control_total t
JOIN source s ON s.id = t.source_id
WHERE s.run_id = ?1
ORDER BY t.source_id, t.column_name;
