-- The account of the round that took in source ?1.
SELECT rows_read, added, changed, same, older, gone, rejected FROM catch_up WHERE source_id = ?1;
