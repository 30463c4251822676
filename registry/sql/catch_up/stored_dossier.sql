-- What is stored of a case with key ?1: the fields by their names.
SELECT id, source_id, line, changed_at, procedure_code, received_on, due_on, received_raw AS
       received_on_raw, due_raw AS due_on_raw, status, intake_unit, handling_unit, text, parcel_key AS
       parcel_id, lon, lat, error_m, household_key AS household_id, field, head_office, system, roles
FROM main.dossier
WHERE key = ?1;
