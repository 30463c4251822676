-- A verdict that some rule cares for: ?1 kind, ?2 record, ?3 why.
INSERT INTO temp.noted VALUES (?1, ?2, ?3);
