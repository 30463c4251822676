-- The key and the line of row ?1.
SELECT key, line FROM dossier WHERE id = ?1;
