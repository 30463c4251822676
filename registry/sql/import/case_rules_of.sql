-- Which file the rules about cases came from.
SELECT s.id, s.name FROM case_rule r JOIN source s ON s.id = r.source_id LIMIT 1;
