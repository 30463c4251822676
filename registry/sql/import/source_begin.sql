-- A source row, to be completed by source_end in the same transaction.
INSERT INTO source (kind, name, sha256, bytes, encoding, as_of, run_id)
VALUES (?1, ?2, printf('%064d', 0), ?3, '', ?4, ?5);
