-- Every stored row of a case, as its import added it up; also those that a later file replaced.
SELECT source_id, key AS id, procedure_code, received_on, due_on, status, intake_unit, handling_unit, text,
       parcel_key AS parcel_id, lon, lat, error_m, household_key AS household_id, field, head_office, system,
       roles, changed_at AS changed
FROM dossier
UNION ALL
SELECT source_id, key AS id, procedure_code, received_on, due_on, status, intake_unit, handling_unit, text,
       parcel_key AS parcel_id, lon, lat, error_m, household_key AS household_id, field, head_office, system,
       roles, changed_at AS changed
FROM dossier_past;
