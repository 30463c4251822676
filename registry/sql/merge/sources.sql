-- The day whose codes and names each source uses.
SELECT id, as_of FROM source ORDER BY id;
