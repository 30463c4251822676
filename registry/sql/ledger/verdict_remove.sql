DELETE FROM verdict WHERE kind = ?1 AND record_id = ?2;
