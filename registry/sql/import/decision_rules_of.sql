-- Which file the rules about decisions came from.
SELECT s.id, s.name FROM decision_rule r JOIN source s ON s.id = r.source_id LIMIT 1;
