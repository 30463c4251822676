-- The crosswalk that was used, as the contract of crosswalk.csv has it, with names behind.
SELECT o.code, n.code, e.part, e.scope, d.number, e.clause, e.basis, o.kind || ' ' || o.name,
       trim(ifnull(o.district_kind, '') || ' ' || ifnull(o.district_name, '')), n.kind || ' ' || n.name
FROM edge e
JOIN decree d ON d.id = e.decree_id
JOIN unit o ON o.id = e.old_unit
JOIN unit n ON n.id = e.new_unit
WHERE e.basis = (SELECT min(b.basis) FROM edge b WHERE b.decree_id = e.decree_id)
ORDER BY d.effective_on, o.code, n.code;
