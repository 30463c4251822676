-- Run ?1: its command, and the operation of its newest entry.
SELECT command, (SELECT operation FROM ledger WHERE run_id = ?1 ORDER BY id DESC LIMIT 1)
FROM run WHERE id = ?1;
