-- The source of kind ?1 whose file had the SHA-256 ?2.
SELECT id, rows_read, rows_stored, rows_rejected, encoding, crs, accuracy_m
FROM source WHERE kind = ?1 AND sha256 = ?2;
