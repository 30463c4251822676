-- What moves (docs/decisions/0046-what-moves.md): rules and procedures as data of this registry, offices
-- of old and new, and work of other systems beside the dossiers.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''cases'', ''split-rules''', '''cases'', ''reports'', ''documents'', ''accounts'',
                      ''case-aliases'', ''case-rules'', ''procedures'', ''offices'', ''split-rules''')
WHERE type = 'table' AND name = 'source';
PRAGMA writable_schema = RESET;

CREATE TABLE case_rule (        -- replaces data/case_rules.csv for this registry when it has rows
    id            INTEGER PRIMARY KEY,      -- order of the file
    rule          TEXT NOT NULL,            -- 'R3'
    applies_from  TEXT,
    applies_to    TEXT,                     -- half open
    province_code TEXT,                     -- NULL: everywhere
    text          TEXT NOT NULL,
    citation      TEXT NOT NULL,
    text_vi       TEXT,                     -- the same in Vietnamese, where `text` is not
    citation_vi   TEXT,
    configurable  INTEGER NOT NULL CHECK (configurable IN (0, 1)),
    source_id     INTEGER NOT NULL REFERENCES source (id),
    source_line   INTEGER NOT NULL
) STRICT;

CREATE TABLE procedure_row (    -- where the matter of a procedure lies, and who handles it
    id            INTEGER PRIMARY KEY,
    code          TEXT,                     -- 'n.nnnnnn'; NULL: the row is about a field
    field         TEXT,                     -- lĩnh vực
    name          TEXT,
    province_code TEXT,                     -- NULL: everywhere
    place         TEXT CHECK (place IN ('object', 'head_office', 'residence', 'residence_or_choice')),
    level_before  TEXT,
    level_after   TEXT,
    rules         TEXT,                     -- 'R8 R9'
    basis         TEXT NOT NULL,            -- who says so
    source_id     INTEGER NOT NULL REFERENCES source (id),
    source_line   INTEGER NOT NULL,
    CHECK ((code IS NULL) <> (field IS NULL))
) STRICT;

CREATE TABLE office (           -- agencies: the old id, the unit it was of, and what it is now
    id          INTEGER PRIMARY KEY,
    old_id      TEXT NOT NULL,              -- 'H29.8.13', '000.13.08.H29'
    new_id      TEXT,
    unit_code   TEXT,                       -- of the ward or district it was of
    name        TEXT,
    starts_on   TEXT,                       -- when the new id applies
    source_id   INTEGER NOT NULL REFERENCES source (id),
    source_line INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX office_old ON office (old_id, ifnull(starts_on, ''));

CREATE TABLE dossier_alias (    -- other numbers of a case; they are never made anew and never end
    alias       TEXT NOT NULL,
    dossier_key TEXT NOT NULL,
    system      TEXT,                       -- that gave the number
    source_id   INTEGER NOT NULL REFERENCES source (id),
    source_line INTEGER NOT NULL,
    PRIMARY KEY (alias, dossier_key)
) STRICT, WITHOUT ROWID;

ALTER TABLE dossier ADD COLUMN field TEXT;       -- lĩnh vực, where the export says it
ALTER TABLE dossier ADD COLUMN head_office TEXT; -- address of the business that the case is about
ALTER TABLE dossier ADD COLUMN system TEXT;      -- '1022', 'documents', 'accounts', or as the file says
ALTER TABLE dossier ADD COLUMN roles TEXT;       -- accounts: roles of an office's account

-- verdict.flags of cases: 1 overdue at the handover, 2 the old unit finishes it (R3), 8 the clock stands
-- still; bits 4 to 6 the handler's level; bit 7 + n: rule Rn applies. Of households: 4 verified person by
-- person (R16), and R16's bit.
DROP VIEW case_verdict;
CREATE VIEW case_verdict AS
SELECT d.id, d.key, d.system, d.procedure_code, d.received_on, d.due_on, d.status AS portal_status,
       d.intake_unit, d.handling_unit, d.lon, d.lat, d.error_m, v.status, v.new_code, v.new_name,
       CASE v.flags >> 4 & 7 WHEN 1 THEN 'commune' WHEN 3 THEN 'department' WHEN 4 THEN 'city_centre'
                             WHEN 5 THEN 'land_registry' WHEN 6 THEN 'police' END AS level_after,
       (SELECT group_concat('R' || n, ' ')
        FROM (WITH RECURSIVE numbers (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 24)
              SELECT n FROM numbers WHERE v.flags >> (7 + n) & 1)) AS rules,
       v.flags & 1 AS overdue_at_handover, v.flags >> 1 & 1 AS old_unit_finishes,
       v.flags >> 3 & 1 AS clock_stands_still,
       v.old_code, v.old_name, v.resolution, v.clause, v.candidates, v.probabilities, v.border_m,
       v.point_says, v.point_code, v.point_name, v.queue, v.flags
FROM dossier d
LEFT JOIN verdict_named v ON v.kind = 4 AND v.record_id = d.id;
