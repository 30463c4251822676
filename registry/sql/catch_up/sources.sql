-- All sources, and whether they are of kind ?1.
SELECT id, kind = ?1, name FROM source ORDER BY id;
