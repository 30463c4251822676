-- ?1 hash, ?2 row.
INSERT INTO temp.twin VALUES (?1, ?2);
