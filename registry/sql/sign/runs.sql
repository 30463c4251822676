-- The runs that may need signatures, with the plan of a merge or the text of a change of signers.
SELECT r.id, r.command, r.plan_hash, (SELECT e.change FROM signer_event e WHERE e.run_id = r.id)
FROM run r
WHERE r.command = 'merge' OR EXISTS (SELECT 1 FROM signer_event e WHERE e.run_id = r.id)
ORDER BY r.id;
