-- Where the matter of a case lies: its own point, else its parcel, else where its household lives.
SELECT CASE WHEN d.lon IS NOT NULL AND d.lat IS NOT NULL THEN d.lon
            WHEN p.lon IS NOT NULL AND p.lat IS NOT NULL THEN p.lon
            ELSE a.lon END AS x,
       CASE WHEN d.lon IS NOT NULL AND d.lat IS NOT NULL THEN d.lat
            WHEN p.lon IS NOT NULL AND p.lat IS NOT NULL THEN p.lat
            ELSE a.lat END AS y
FROM dossier d
LEFT JOIN parcel p ON d.lon IS NULL AND p.key = d.parcel_key
LEFT JOIN household h ON d.lon IS NULL AND p.lon IS NULL AND h.key = d.household_key
LEFT JOIN address a ON a.key = h.address_key
WHERE x IS NOT NULL AND y IS NOT NULL;
