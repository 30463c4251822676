-- What run ?1 gave and still stands, and what it ended where nothing stands.
SELECT kind, record_id FROM verdict
WHERE run_id = ?1 OR entry IN (SELECT id FROM ledger WHERE run_id = ?1)
UNION
SELECT kind, record_id FROM verdict_past p
WHERE ended_by IN (SELECT id FROM ledger WHERE run_id = ?1)
  AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = p.kind AND v.record_id = p.record_id)
ORDER BY kind, record_id;
