-- The whole ledger, in its order.
SELECT id, run_id, operation, subject, from_kind, from_id, to_kind, to_id, rows, digest, ended,
       ended_digest, hash
FROM ledger
ORDER BY id;
