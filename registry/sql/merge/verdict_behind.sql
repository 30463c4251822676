-- A row when a verdict stands behind record ?2 of kind ?1.
SELECT 1 FROM verdict WHERE (kind, record_id) > (?1, ?2) LIMIT 1;
