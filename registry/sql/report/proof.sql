-- The law in numbers: for each resolution with edges, its basis, units, edges, and old units that are cut.
SELECT d.number, d.effective_on, min(e.basis), count(DISTINCT e.old_unit), count(DISTINCT e.new_unit),
       count(*), sum(e.part = 'whole'), sum(e.part = 'part'), sum(e.part = 'remainder'),
       (SELECT count(*) FROM (SELECT 1 FROM edge x WHERE x.decree_id = d.id AND x.basis = min(e.basis)
                              GROUP BY x.old_unit HAVING count(*) > 1)),
       sum(e.scope = 'area_only')
FROM decree d
JOIN edge e ON e.decree_id = d.id
WHERE e.basis = (SELECT min(b.basis) FROM edge b WHERE b.decree_id = d.id)
GROUP BY d.id
ORDER BY d.effective_on, d.number;
