DELETE FROM verdict_row WHERE kind = ?1 AND record_id = ?2;
