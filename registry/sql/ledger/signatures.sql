-- The signatures under what run ?1 did.
SELECT run_id, position, subject, name, public_key, signature FROM run_signature WHERE run_id = ?1 ORDER BY position;
