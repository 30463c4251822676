-- received_raw and due_raw are kept where the text says more than the day.
INSERT INTO dossier (source_id, line, key, procedure_code, received_on, due_on, status, intake_unit,
                     handling_unit, text, parcel_key, lon, lat, error_m, household_key, field,
                     head_office, system, raw, received_raw, due_raw, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
ON CONFLICT DO NOTHING;
