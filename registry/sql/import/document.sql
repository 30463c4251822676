-- A document addressed to an office, as a case. received_raw and due_raw as in dossier.sql.
INSERT INTO dossier (source_id, line, key, received_on, due_on, handling_unit, field, raw,
                     received_raw, due_raw, system, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'documents', ?11)
ON CONFLICT DO NOTHING;
