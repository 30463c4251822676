-- Which file the procedures came from.
SELECT s.id, s.name FROM procedure_row r JOIN source s ON s.id = r.source_id LIMIT 1;
