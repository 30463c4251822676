-- Whether a case is stored already.
SELECT 1 FROM dossier LIMIT 1;
