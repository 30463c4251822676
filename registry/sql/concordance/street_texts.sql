-- Addresses that have a new unit, with the old one and their text.
SELECT v.new_unit, v.old_unit, a.text
FROM verdict v
JOIN address a ON a.id = v.record_id
WHERE v.kind = 1 AND v.status = 1 AND v.old_unit IS NOT NULL AND a.text IS NOT NULL
ORDER BY v.record_id;
