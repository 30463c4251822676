-- All edges, with their decree's number and day.
SELECT e.id, e.old_unit, e.new_unit, e.part, e.scope, d.number, e.clause, e.basis, d.effective_on
FROM edge e
JOIN decree d ON d.id = e.decree_id
JOIN unit o ON o.id = e.old_unit
JOIN unit n ON n.id = e.new_unit
ORDER BY d.effective_on, o.code, n.code, e.basis, e.id;
