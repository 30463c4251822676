DELETE FROM dossier_alias;
