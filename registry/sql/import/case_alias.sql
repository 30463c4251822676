INSERT INTO dossier_alias (alias, dossier_key, system, source_id, source_line)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO NOTHING;
