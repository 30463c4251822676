-- Records that changed at the source since they were taken in (docs/decisions/0048-catch-up.md). A record
-- keeps its id; what it was before lies in the past table of its kind, whose columns are those of the kind's
-- table and, at the end, the entry of the ledger that took it out of its place.
ALTER TABLE address ADD COLUMN changed_at TEXT;   -- at the source, 'YYYY-MM-DD[ HH:MM[:SS[.f]]]', UTC+7
ALTER TABLE household ADD COLUMN changed_at TEXT;
ALTER TABLE member ADD COLUMN changed_at TEXT;
ALTER TABLE parcel ADD COLUMN changed_at TEXT;
ALTER TABLE dossier ADD COLUMN changed_at TEXT;

CREATE TABLE address_past (
    id        INTEGER NOT NULL,             -- of the record
    source_id INTEGER NOT NULL REFERENCES source (id),
    line      INTEGER NOT NULL,
    key       TEXT NOT NULL,
    text      TEXT,
    old_code  TEXT,
    lon       REAL, lat REAL,
    error_m   REAL,
    raw       BLOB,
    changed_at TEXT,
    ended_by  INTEGER NOT NULL,             -- entry of the ledger
    PRIMARY KEY (source_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_past_id ON address_past (id);

CREATE TABLE household_past (
    id             INTEGER NOT NULL,
    source_id      INTEGER NOT NULL REFERENCES source (id),
    line           INTEGER NOT NULL,
    key            TEXT NOT NULL,
    address_key    TEXT,
    text           TEXT,
    old_code       TEXT,
    residence_file TEXT,
    raw            BLOB,
    changed_at     TEXT,
    ended_by       INTEGER NOT NULL,
    PRIMARY KEY (source_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_past_id ON household_past (id);

CREATE TABLE member_past (
    id            INTEGER NOT NULL,
    source_id     INTEGER NOT NULL REFERENCES source (id),
    line          INTEGER NOT NULL,
    key           TEXT NOT NULL,
    household_key TEXT NOT NULL,
    is_head       INTEGER NOT NULL,
    address_key   TEXT,
    changed_at    TEXT,
    ended_by      INTEGER NOT NULL,
    PRIMARY KEY (source_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_past_id ON member_past (id);

CREATE TABLE parcel_past (
    id        INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source (id),
    line      INTEGER NOT NULL,
    key       TEXT NOT NULL,
    old_code  TEXT,
    sheet     TEXT,
    number    TEXT,
    lon       REAL, lat REAL,
    error_m   REAL,
    raw       BLOB,
    changed_at TEXT,
    ended_by  INTEGER NOT NULL,
    PRIMARY KEY (source_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_past_id ON parcel_past (id);

CREATE TABLE dossier_past (
    id             INTEGER NOT NULL,
    source_id      INTEGER NOT NULL REFERENCES source (id),
    line           INTEGER NOT NULL,
    key            TEXT NOT NULL,
    procedure_code TEXT,
    received_on    TEXT,
    due_on         TEXT,
    received_raw   TEXT,
    due_raw        TEXT,
    status         INTEGER,
    intake_unit    TEXT,
    handling_unit  TEXT,
    text           TEXT,
    parcel_key     TEXT,
    lon            REAL, lat REAL,
    error_m        REAL,
    household_key  TEXT,
    raw            BLOB,
    field          TEXT,
    head_office    TEXT,
    system         TEXT,
    roles          TEXT,
    changed_at     TEXT,
    ended_by       INTEGER NOT NULL,
    PRIMARY KEY (source_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_past_id ON dossier_past (id);

-- A round: one file taken in by `noi import --catch-up`. `source` counts what the file brought: rows_stored is
-- added + changed, rows_rejected is older + rejected; rows that say what is stored or that a record is
-- gone are counted here alone.
CREATE TABLE catch_up (
    source_id  INTEGER PRIMARY KEY REFERENCES source (id),
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5), -- as record_kind; 5: member
    entry      INTEGER NOT NULL,            -- of the ledger: the round's first
    changed_on TEXT,                        -- --changed-on: the day that stands for a time that rows lack
    rows_read  INTEGER NOT NULL CHECK (rows_read = added + changed + same + older + gone + rejected),
    added      INTEGER NOT NULL,
    changed    INTEGER NOT NULL,
    same       INTEGER NOT NULL,
    older      INTEGER NOT NULL,
    gone       INTEGER NOT NULL,
    rejected   INTEGER NOT NULL,
    first_at   TEXT,                        -- change times of what was taken in
    last_at    TEXT
) STRICT;

CREATE TABLE catch_up_row (     -- what a row of a round did to a record
    source_id  INTEGER NOT NULL REFERENCES source (id),
    line       INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    record_id  INTEGER NOT NULL,
    what       INTEGER NOT NULL CHECK (what BETWEEN 1 AND 3), -- added, changed, said again at a later time
    changed_at TEXT,
    PRIMARY KEY (source_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX catch_up_record ON catch_up_row (kind, record_id);

CREATE TABLE record_gone (      -- what the source says is deleted there; marks are only ever added
    kind       INTEGER NOT NULL,
    key        TEXT NOT NULL,               -- the record may come later, or never
    changed_at TEXT NOT NULL,
    source_id  INTEGER NOT NULL REFERENCES source (id),
    line       INTEGER NOT NULL,
    PRIMARY KEY (kind, key, changed_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_gone_source ON record_gone (source_id);

CREATE VIEW gone_record AS      -- records that are gone now: no later row of the source speaks of them
SELECT g.kind, r.id AS record_id, g.key, g.changed_at, g.source_id, g.line
FROM record_gone g
JOIN (SELECT 1 AS kind, id, key, changed_at FROM address
      UNION ALL SELECT 2, id, key, changed_at FROM household
      UNION ALL SELECT 3, id, key, changed_at FROM parcel
      UNION ALL SELECT 4, id, key, changed_at FROM dossier
      UNION ALL SELECT 5, id, key, changed_at FROM member) r ON r.kind = g.kind AND r.key = g.key
WHERE g.changed_at = (SELECT max(x.changed_at) FROM record_gone x WHERE x.kind = g.kind AND x.key = g.key)
  AND g.changed_at > ifnull(r.changed_at, '')
  AND g.changed_at > ifnull((SELECT max(c.changed_at) FROM catch_up_row c
                             WHERE c.kind = g.kind AND c.record_id = r.id AND c.what = 3), '');

CREATE VIEW past_count AS       -- rows of a source that are not in their place any more
SELECT source_id, count(*) AS n FROM address_past GROUP BY source_id
UNION ALL SELECT source_id, count(*) FROM household_past GROUP BY source_id
UNION ALL SELECT source_id, count(*) FROM member_past GROUP BY source_id
UNION ALL SELECT source_id, count(*) FROM parcel_past GROUP BY source_id
UNION ALL SELECT source_id, count(*) FROM dossier_past GROUP BY source_id;
