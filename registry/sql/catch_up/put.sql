-- New rows, and rows that take the place of those of the same id and key.
INSERT OR REPLACE INTO main.address SELECT * FROM temp.address WHERE id IS NOT NULL ORDER BY id;
