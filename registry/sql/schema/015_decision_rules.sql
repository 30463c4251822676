-- When a decision needs a second person, as data of this registry (docs/decisions/0042-decisions.md).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''case-rules''', '''decision-rules'', ''case-rules''')
WHERE type = 'table' AND name = 'source';
PRAGMA writable_schema = RESET;

CREATE TABLE decision_rule (    -- replaces data/decision_rules.csv for this registry when it has rows
    id           INTEGER PRIMARY KEY,       -- order of the file
    rule         TEXT NOT NULL,             -- 'D3'
    applies_from TEXT,
    applies_to   TEXT,                      -- half open
    condition    TEXT NOT NULL,
    most         INTEGER,                   -- of reaches_more_than
    persons      INTEGER NOT NULL CHECK (persons IN (1, 2)),
    text         TEXT NOT NULL,
    citation     TEXT NOT NULL,
    source_id    INTEGER NOT NULL REFERENCES source (id),
    source_line  INTEGER NOT NULL
) STRICT;
