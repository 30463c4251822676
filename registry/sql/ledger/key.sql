-- The key of record ?2 of kind ?1.
SELECT key FROM address WHERE ?1 = 1 AND id = ?2
UNION ALL
SELECT key FROM household WHERE ?1 = 2 AND id = ?2
UNION ALL
SELECT key FROM parcel WHERE ?1 = 3 AND id = ?2
UNION ALL
SELECT key FROM dossier WHERE ?1 = 4 AND id = ?2;
