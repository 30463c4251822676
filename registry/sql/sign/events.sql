-- What was decided about signers before run ?1, in its order.
SELECT what, name, public_key, needs FROM signer_event WHERE run_id < ?1 ORDER BY id;
