-- The cases that bear another number, ?1.
SELECT dossier_key FROM dossier_alias WHERE alias = ?1 ORDER BY dossier_key;
