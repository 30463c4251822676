-- Sheets of parcels that have a new unit and no number there yet: new unit, its code, old unit, its
-- code, sheet. The receiver, whose code the new unit bears, comes first.
SELECT v.new_unit, n.code, v.old_unit, o.code, p.sheet
FROM verdict v
JOIN parcel p ON p.id = v.record_id
JOIN unit n ON n.id = v.new_unit
JOIN unit o ON o.id = v.old_unit
LEFT JOIN sheet_number s
       ON s.old_unit = v.old_unit AND s.old_sheet = p.sheet AND s.new_unit = v.new_unit
WHERE v.kind = 3 AND v.status = 1 AND p.sheet <> '' AND s.new_sheet IS NULL
GROUP BY n.code, v.new_unit, o.code, v.old_unit, p.sheet
ORDER BY n.code, o.code <> n.code, o.code, p.sheet GLOB '*[^0-9]*', CAST(p.sheet AS INTEGER), p.sheet;
