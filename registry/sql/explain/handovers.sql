-- What each merge that ended said of record ?2 of kind ?1, in the order of the merges: day of the handover, run,
-- then the verdict that it gave (NULL: it left what stood), and whether that run's verdict stands now.
WITH given AS (
    SELECT run_id, entry, status, new_unit, flags, 1 AS stands
    FROM verdict WHERE kind = ?1 AND record_id = ?2
    UNION ALL
    SELECT run_id, entry, status, new_unit, flags, 0
    FROM verdict_past WHERE kind = ?1 AND record_id = ?2
)
SELECT m.subject, m.run_id, g.status, u.code, u.kind || ' ' || u.name, g.flags, max(g.stands)
FROM ledger m
LEFT JOIN given g ON g.run_id = m.run_id
LEFT JOIN unit u ON u.id = g.new_unit
WHERE m.operation = 'merge end'
GROUP BY m.id, g.status, g.new_unit, g.flags
ORDER BY m.id;
