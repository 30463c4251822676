-- The signatures of run ?1.
SELECT subject, name, public_key, signature FROM run_signature WHERE run_id = ?1 ORDER BY position;
