-- Where the row with key ?1 came from.
SELECT s.id, s.name, r.line FROM address r JOIN source s ON s.id = r.source_id WHERE r.key = ?1;
