-- The law in numbers: for each resolution with edges, its basis (the law's text where it was read,
-- else a table), units, edges, and old units that are cut.
WITH used AS (
    SELECT e.*
    FROM edge e
    JOIN (SELECT decree_id, min(basis) AS basis FROM edge GROUP BY decree_id) b
      ON b.decree_id = e.decree_id AND b.basis = e.basis
),
cut AS (
    SELECT decree_id, old_unit FROM used GROUP BY decree_id, old_unit HAVING count(*) > 1
)
SELECT d.number, d.effective_on, min(e.basis), count(DISTINCT e.old_unit), count(DISTINCT e.new_unit),
       count(*), sum(e.part = 'whole'), sum(e.part = 'part'), sum(e.part = 'remainder'),
       (SELECT count(*) FROM cut c WHERE c.decree_id = d.id), sum(e.scope = 'area_only')
FROM decree d
JOIN used e ON e.decree_id = d.id
GROUP BY d.id
ORDER BY d.effective_on, d.number;
