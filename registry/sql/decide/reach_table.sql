-- How many records follow each: households and their cases an address, cases a household or parcel.
CREATE TEMP TABLE reach AS
SELECT kind, key, count(*) AS n
FROM (SELECT 1 AS kind, h.address_key AS key FROM household h
      JOIN temp.asked a ON a.kind = 1 AND a.key = h.address_key
      UNION ALL
      SELECT 1, h.address_key FROM dossier d JOIN household h ON h.key = d.household_key
      JOIN temp.asked a ON a.kind = 1 AND a.key = h.address_key
      UNION ALL
      SELECT 2, d.household_key FROM dossier d JOIN temp.asked a ON a.kind = 2 AND a.key = d.household_key
      UNION ALL
      SELECT 3, d.parcel_key FROM dossier d JOIN temp.asked a ON a.kind = 3 AND a.key = d.parcel_key)
GROUP BY kind, key;
