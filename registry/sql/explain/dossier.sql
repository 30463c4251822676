-- The case of key ?1.
SELECT id, system, procedure_code, intake_unit, handling_unit, text, parcel_key, household_key,
       head_office, roles, NULL, NULL, coalesce(received_raw, received_on), coalesce(due_raw, due_on)
FROM dossier WHERE key = ?1;
