-- The unit that bore code ?1 on day ?2.
SELECT u.id, u.name, u.kind, u.valid_from, u.valid_to, u.district_code, u.province_code,
       u.source_id, u.source_line, s.as_of
FROM unit u
JOIN source s ON s.id = u.source_id
WHERE u.code = ?1
  AND (u.valid_from IS NULL OR u.valid_from <= ?2) AND (u.valid_to IS NULL OR u.valid_to > ?2)
ORDER BY u.id DESC
LIMIT 1;
