-- What a plan depends on: edges.
SELECT e.id, e.old_unit, e.new_unit, e.part, e.scope, e.clause, e.basis, d.number, d.effective_on
FROM edge e JOIN decree d ON d.id = e.decree_id ORDER BY e.id;
