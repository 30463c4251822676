-- A row when an entry of operation ?1 lies behind entry ?2.
SELECT 1 FROM ledger WHERE operation = ?1 AND id > ?2 LIMIT 1;
