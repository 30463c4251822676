-- Whether a file of kind ?1 and of ?2 bytes is stored.
SELECT 1 FROM source WHERE kind = ?1 AND bytes = ?2 LIMIT 1;
