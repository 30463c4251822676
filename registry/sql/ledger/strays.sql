-- Rows that no run of the ledger wrote: what, kind of record (0: none), key, run. Nothing where the registry
-- is older than its ledger.
WITH told (what, kind, key, run_id, operation) AS (
    SELECT 'decision', kind, record_key, run_id, 'decide' FROM decision
    UNION ALL
    SELECT 'decision', kind, record_key, run_id, 'decide' FROM decision_voice
    UNION ALL
    SELECT 'officer', 0, unit_code || ' ' || kind, run_id, 'assign' FROM officer
    UNION ALL
    SELECT 'signer', 0, what || ' ' || ifnull(name, needs), run_id, 'signers' FROM signer_event
    UNION ALL
    SELECT 'signature', 0, name, run_id, 'signed' FROM run_signature
    UNION ALL
    SELECT 'stage', 0, stage, run_id, 'stage' FROM stage_step
    UNION ALL
    SELECT 'rule', 0, CAST(id AS TEXT), run_id, 'learn' FROM split_rule WHERE origin = 'learned'
    UNION ALL
    SELECT 'sheet', 0, new_sheet, run_id, 'concordance parcels' FROM sheet_number
    UNION ALL
    SELECT 'file', 0, new_file, run_id, 'concordance residence-files' FROM file_number)
SELECT t.what, t.kind, t.key, t.run_id
FROM told t
WHERE EXISTS (SELECT 1 FROM ledger WHERE run_id = (SELECT min(id) FROM run))
  AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.run_id = t.run_id AND l.operation = t.operation)
ORDER BY t.what, t.kind, t.key
LIMIT 1000;
