-- The record of kind ?1 with key ?2.
SELECT id FROM address WHERE ?1 = 1 AND key = ?2
UNION ALL
SELECT id FROM household WHERE ?1 = 2 AND key = ?2
UNION ALL
SELECT id FROM parcel WHERE ?1 = 3 AND key = ?2
UNION ALL
SELECT id FROM dossier WHERE ?1 = 4 AND key = ?2;
