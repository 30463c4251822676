-- Households behind id ?1, with their own evidence and that of the address they refer to.
SELECT h.id, h.source_id, h.text, h.old_code, NULL, NULL, NULL,
       h.address_key IS NOT NULL,
       a.id, a.source_id, a.text, a.old_code, a.lon, a.lat, a.error_m
FROM household h
LEFT JOIN address a ON a.key = h.address_key
WHERE h.id > ?1
ORDER BY h.id;
