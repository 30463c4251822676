DELETE FROM verdict_taken WHERE kind = ?1 AND record_id = ?2;
