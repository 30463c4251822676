-- The control totals.
SELECT t.source_id, t.column_name, t.filled, t.sum
FROM control_total t
ORDER BY t.source_id, t.column_name;
