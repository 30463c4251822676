-- The lists of the unit with code ?2 on side ?1, entry by entry.
SELECT l.id, v.side, v.unit_id, v.kind, v.ids
FROM ledger l
CROSS JOIN verdict_unit v ON v.entry = l.id AND v.side = ?1
WHERE l.operation IN ('merge', 'merge end', 'undo', 'redo')
  AND v.unit_id IN (SELECT id FROM unit WHERE code = ?2)
ORDER BY l.id, v.kind, v.unit_id;
