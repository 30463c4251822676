-- Where the households live: at the place of their address.
SELECT a.lon, a.lat
FROM household h
JOIN address a ON a.key = h.address_key
WHERE a.lon IS NOT NULL AND a.lat IS NOT NULL;
