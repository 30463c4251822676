-- Key of the case ?1, and its place: its own, its parcel's, that of its household's address.
SELECT d.key, coalesce(d.lon, p.lon, a.lon), coalesce(d.lat, p.lat, a.lat)
FROM dossier d
LEFT JOIN parcel p ON p.key = d.parcel_key
LEFT JOIN household h ON h.key = d.household_key
LEFT JOIN address a ON a.key = h.address_key
WHERE d.id = ?1;
