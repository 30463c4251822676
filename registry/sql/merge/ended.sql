-- The merge by plan ?1 whose end is the newest entry of the ledger: nothing came after it.
SELECT r.id
FROM ledger l JOIN run r ON r.id = l.run_id
WHERE l.id = (SELECT max(id) FROM ledger) AND l.operation = 'merge end' AND r.plan_hash = ?1;
