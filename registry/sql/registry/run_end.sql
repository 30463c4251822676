UPDATE run SET state = 'done', ended_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = ?1;
