-- The text of clause ?2 of resolution ?1.
SELECT c.text FROM clause c JOIN decree d ON d.id = c.decree_id WHERE d.number = ?1 AND c.number = ?2;
