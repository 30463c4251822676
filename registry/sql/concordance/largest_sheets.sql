-- The largest sheet number in use in each new unit: those given already, and all sheets of its
-- receiver (also of parcels that still wait), so that a late parcel finds its sheet's number free.
SELECT unit_id, max(sheet)
FROM (SELECT new_unit AS unit_id, CAST(new_sheet AS INTEGER) AS sheet
      FROM sheet_number
      WHERE new_sheet NOT GLOB '*[^0-9]*'
      UNION ALL
      SELECT n.id, CAST(p.sheet AS INTEGER)
      FROM verdict v
      JOIN parcel p ON p.id = v.record_id
      JOIN edge e ON e.old_unit = v.old_unit
      JOIN unit o ON o.id = v.old_unit
      JOIN unit n ON n.id = e.new_unit AND n.code = o.code
      WHERE v.kind = 3 AND length(p.sheet) BETWEEN 1 AND 9 AND p.sheet NOT GLOB '*[^0-9]*')
GROUP BY unit_id
ORDER BY unit_id;
