-- Records whose verdict by run ?1 or entry ?2 was ended by a later run, and where that still stands.
SELECT p.kind, p.record_id
FROM verdict_past p
JOIN ledger l ON l.id = p.ended_by
WHERE (p.run_id = ?1 OR p.entry = ?2) AND l.run_id <> p.run_id AND l.operation IN ('merge', 'merge end')
ORDER BY p.kind, p.record_id;
