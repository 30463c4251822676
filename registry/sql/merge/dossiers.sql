-- Cases behind id ?1: the object's own evidence, its parcel, the household and the household's
-- address, and what routing and the clock need.
SELECT d.id, d.source_id, d.text, NULL, d.lon, d.lat, d.error_m,
       d.parcel_key IS NOT NULL,
       p.id, p.source_id, p.sheet, p.old_code, p.lon, p.lat, p.error_m,
       d.household_key IS NOT NULL,
       h.id, h.source_id, h.text, h.old_code, NULL, NULL, NULL,
       h.address_key IS NOT NULL,
       a.id, a.source_id, a.text, a.old_code, a.lon, a.lat, a.error_m,
       d.received_on, d.due_on, d.status, d.intake_unit, d.handling_unit,
       d.procedure_code, d.field, d.head_office
FROM dossier d
LEFT JOIN parcel p ON p.key = d.parcel_key
LEFT JOIN household h ON h.key = d.household_key
LEFT JOIN address a ON a.key = h.address_key
WHERE d.id > ?1
ORDER BY d.id;
