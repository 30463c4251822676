-- What each column of a file came to when it was read (docs/decisions/0051-reconciliation.md).
CREATE TABLE control_total (
    source_id   INTEGER NOT NULL REFERENCES source (id),
    column_name TEXT NOT NULL,      -- the field: 'id', 'text', 'lon', ...
    filled      INTEGER NOT NULL CHECK (filled >= 0), -- rows with a value
    sum         INTEGER NOT NULL,   -- of hashes of key and value, modulo 2^64
    PRIMARY KEY (source_id, column_name)
) STRICT, WITHOUT ROWID;
