-- What entry ?1 of the ledger gave and still stands, and what it ended where nothing stands.
SELECT kind, record_id FROM verdict WHERE entry = ?1
UNION
SELECT kind, record_id FROM verdict_past p
WHERE ended_by = ?1 AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = p.kind AND v.record_id = p.record_id)
ORDER BY kind, record_id;
