-- Every parcel with both numbers: key, old unit's code as read (else as written), sheet, number, new
-- code, new sheet (NULL while it waits), how many parcels bear the new triple, status of the
-- verdict (NULL before the merge).
SELECT p.key, ifnull(o.code, p.old_code), p.sheet, p.number, n.code, s.new_sheet,
       count(*) OVER (PARTITION BY v.new_unit, s.new_sheet, p.number), v.status
FROM parcel p
LEFT JOIN verdict v ON v.kind = 3 AND v.record_id = p.id
LEFT JOIN unit o ON o.id = v.old_unit
LEFT JOIN unit n ON n.id = v.new_unit
LEFT JOIN sheet_number s
       ON s.old_unit = v.old_unit AND s.old_sheet = p.sheet AND s.new_unit = v.new_unit
ORDER BY n.code IS NULL, n.code, CAST(s.new_sheet AS INTEGER), s.new_sheet,
         CAST(p.number AS INTEGER), p.number, p.key;
