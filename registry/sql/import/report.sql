-- A citizen's report, as a case. received_raw and due_raw as in dossier.sql.
INSERT INTO dossier (source_id, line, key, received_on, due_on, status, handling_unit, text, lon, lat,
                     error_m, field, raw, received_raw, due_raw, system, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, '1022', ?16)
ON CONFLICT DO NOTHING;
