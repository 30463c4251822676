DELETE FROM decision WHERE kind = ?1 AND record_key = ?2;
