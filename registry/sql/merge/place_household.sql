-- Key of the household ?1, and the place of its address.
SELECT h.key, a.lon, a.lat
FROM household h
LEFT JOIN address a ON a.key = h.address_key
WHERE h.id = ?1;
