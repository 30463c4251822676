-- Residence files of households that have a new unit and no number there yet: household, new unit,
-- old unit's code (NULL where several or none were read), number. The receiver's first.
SELECT h.id, v.new_unit, o.code, h.residence_file
FROM verdict v
JOIN household h ON h.id = v.record_id
JOIN unit n ON n.id = v.new_unit
LEFT JOIN unit o ON o.id = v.old_unit
LEFT JOIN file_number f ON f.household_id = h.id
WHERE v.kind = 2 AND v.status = 1 AND h.residence_file <> '' AND f.household_id IS NULL
ORDER BY n.code, o.code IS NOT n.code, o.code, h.key;
