-- Assigned households that have a residence file number, to be hashed.
SELECT h.id, h.residence_file, v.new_unit
FROM household h
JOIN verdict v ON v.kind = 2 AND v.record_id = h.id AND v.status = 1
WHERE h.residence_file IS NOT NULL AND h.residence_file <> '';
