-- Rows of a file that say something else than what is stored.
CREATE TEMP TABLE delta (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL,
    gone       INTEGER NOT NULL,
    changed_at TEXT,
    line       INTEGER NOT NULL,
    staged     INTEGER,     -- rowid of its content; NULL: gone, or said again at a later time
    record_id  INTEGER,     -- NULL: the key is not stored
    totals     BLOB         -- its share of the control totals
) STRICT;
