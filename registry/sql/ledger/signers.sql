-- What run ?1 changed about signers.
SELECT id, what, name, public_key, needs, reason, change, run_id FROM signer_event WHERE run_id = ?1 ORDER BY id;
