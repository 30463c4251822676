CREATE TEMP TABLE taken (
    staged    INTEGER PRIMARY KEY,
    record_id INTEGER NOT NULL,
    what      INTEGER NOT NULL -- 1 added, 2 changed
) STRICT;
