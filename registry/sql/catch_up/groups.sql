-- By key: what is said to be so before what is said to be gone, the latest first.
SELECT key, gone, changed_at, line, staged, record_id, totals
FROM temp.delta
ORDER BY key, gone, changed_at DESC, line;
