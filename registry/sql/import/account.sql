-- A mailbox or account of an office, as a case.
INSERT INTO dossier (source_id, line, key, handling_unit, roles, raw, system)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'accounts')
ON CONFLICT DO NOTHING;
