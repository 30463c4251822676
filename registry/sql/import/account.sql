-- A mailbox or account of an office, as a case.
INSERT INTO dossier (source_id, line, key, handling_unit, roles, raw, system, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'accounts', ?7)
ON CONFLICT DO NOTHING;
