-- The eve and the day of the newest reform that has edges.
SELECT date(max(d.effective_on), '-1 day'), max(d.effective_on)
FROM decree d WHERE EXISTS (SELECT 1 FROM edge e WHERE e.decree_id = d.id);
