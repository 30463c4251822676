-- The files that run ?1 took in, as they stand, and what of them was rejected.
SELECT id, kind, name, sha256, bytes, encoding, crs, transform, accuracy_m, as_of, columns, rows_read,
       rows_stored, rows_rejected, notes, run_id,
       (SELECT count(*) FROM reject r WHERE r.source_id = source.id)
FROM source
WHERE run_id = ?1
ORDER BY id;
