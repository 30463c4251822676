-- The first day of the newest change for which there are edges.
SELECT max(d.effective_on) FROM decree d WHERE EXISTS (SELECT 1 FROM edge e WHERE e.decree_id = d.id);
