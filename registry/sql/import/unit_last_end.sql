-- When the last unit before day ?2 that bore code ?1 ended.
SELECT max(valid_to) FROM unit WHERE code = ?1 AND valid_to < ?2;
