-- The verdicts up to record ?2 of kind ?1, by kind and status.
SELECT kind, status, count(*)
FROM verdict
WHERE (kind, record_id) <= (?1, ?2)
GROUP BY kind, status
ORDER BY kind, status;
