-- Every household that has a residence file, with both numbers: key, old code, number, new code, new
-- number (NULL while it waits or is doubled), status of the verdict (NULL before the merge).
SELECT h.key, ifnull(o.code, h.old_code), h.residence_file, n.code, f.new_file, v.status
FROM household h
LEFT JOIN verdict v ON v.kind = 2 AND v.record_id = h.id
LEFT JOIN unit o ON o.id = v.old_unit
LEFT JOIN unit n ON n.id = v.new_unit
LEFT JOIN file_number f ON f.household_id = h.id
WHERE h.residence_file <> ''
ORDER BY n.code IS NULL, n.code, f.new_file IS NULL, f.new_file, h.key;
