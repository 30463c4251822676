-- Rules for parts of a split unit (docs/decisions/0035-parts-of-a-ward.md). A check cannot be altered, and
-- `source` is what every other table refers to: so its text gets the new kind where it stands.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''parcels'', ''cases''', '''parcels'', ''cases'', ''split-rules''')
WHERE type = 'table' AND name = 'source';
PRAGMA writable_schema = RESET;

CREATE TABLE split_rule (       -- within old_unit, an address for which all that is stated holds lies in new_unit
    id          INTEGER PRIMARY KEY,
    origin      TEXT NOT NULL CHECK (origin IN ('imported', 'learned')),
    state       TEXT NOT NULL CHECK (state IN ('used', 'below', 'retired')), -- below a threshold; replaced
    old_unit    INTEGER NOT NULL REFERENCES unit (id),
    new_unit    INTEGER NOT NULL REFERENCES unit (id),
    street      TEXT,
    side        TEXT CHECK (side IN ('odd', 'even')),
    number_from INTEGER,        -- of the first number of the house, both ends included
    number_to   INTEGER,
    alley       TEXT,
    hamlet      TEXT,
    sheet       TEXT,
    source      TEXT NOT NULL,  -- who says so
    support     INTEGER CHECK (support >= 0),
    purity      REAL CHECK (purity > 0 AND purity <= 1),
    stated_on   TEXT,
    why         TEXT,           -- learned: why it is not used
    source_id   INTEGER REFERENCES source (id), -- imported
    source_line INTEGER,
    run_id      INTEGER NOT NULL REFERENCES run (id),
    CHECK ((number_from IS NULL) = (number_to IS NULL) AND number_from <= number_to),
    CHECK (coalesce(street, side, number_from, alley, hamlet, sheet) IS NOT NULL),
    CHECK ((origin = 'imported') = (source_id IS NOT NULL))
) STRICT;
CREATE INDEX split_rule_old ON split_rule (old_unit);

ALTER TABLE verdict ADD COLUMN rule_id INTEGER REFERENCES split_rule (id); -- noi_verdict.rule
CREATE INDEX verdict_rule ON verdict (rule_id) WHERE rule_id IS NOT NULL;

CREATE VIEW split_rule_named AS
SELECT r.id, r.origin, r.state, o.code AS old_code, o.kind || ' ' || o.name AS old_name,
       n.code AS new_code, n.kind || ' ' || n.name AS new_name, r.street, r.side, r.number_from,
       r.number_to, r.alley, r.hamlet, r.sheet, r.source, r.support, r.purity, r.stated_on, r.why
FROM split_rule r
JOIN unit o ON o.id = r.old_unit
JOIN unit n ON n.id = r.new_unit;
