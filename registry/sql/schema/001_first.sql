-- The first schema of a registry. Days are text, 'YYYY-MM-DD'; spans are half open [from, to).
-- Geometry columns are BLOBs that SpatiaLite knows by RecoverGeometryColumn (AddGeometryColumn
-- fails on STRICT tables). No column here holds a clock but run.started_at and run.ended_at.

CREATE TABLE run (              -- one row for each command that wrote
    id              INTEGER PRIMARY KEY,
    command         TEXT NOT NULL,          -- 'import addresses', 'merge', ...
    program_version TEXT NOT NULL,
    plan_hash       TEXT CHECK (length(plan_hash) = 64),
    actor           TEXT NOT NULL,
    started_at      TEXT NOT NULL,          -- UTC, for people; never part of an output
    ended_at        TEXT,
    state           TEXT NOT NULL CHECK (state IN ('running', 'done', 'undone')),
    checkpoint_kind INTEGER,                -- merge: last record kind and id that is committed
    checkpoint_id   INTEGER
) STRICT;

CREATE TABLE source (           -- one row for each file that was taken in
    id            INTEGER PRIMARY KEY,
    kind          TEXT NOT NULL CHECK (kind IN ('units', 'aliases', 'district-aliases', 'crosswalk',
                      'decree', 'layer', 'addresses', 'households', 'members', 'parcels', 'cases')),
    name          TEXT NOT NULL,            -- file name without folder
    sha256        TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes         INTEGER NOT NULL,
    encoding      TEXT NOT NULL,
    crs           TEXT,                     -- as found or named: 'EPSG:9210'
    transform     TEXT,                     -- the pinned operation
    accuracy_m    REAL,
    as_of         TEXT,                     -- the day whose codes and names the file uses
    columns       TEXT,                     -- how columns were mapped: 'id=MaHoSo,text=DiaChi'
    rows_read     INTEGER NOT NULL DEFAULT 0 CHECK (rows_read = rows_stored + rows_rejected),
    rows_stored   INTEGER NOT NULL DEFAULT 0,
    rows_rejected INTEGER NOT NULL DEFAULT 0,
    notes         TEXT,                     -- what was noticed, with counts: 'lost_zeros=12'
    run_id        INTEGER NOT NULL REFERENCES run (id),
    UNIQUE (kind, sha256)
) STRICT;

CREATE TABLE reject (           -- rows that could not be taken; their values are in the reject file
    source_id INTEGER NOT NULL REFERENCES source (id),
    line      INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    reason    TEXT NOT NULL,                -- stable key: 'missing_id', 'duplicate_id', ...
    PRIMARY KEY (source_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (             -- communes of every vintage
    id            INTEGER PRIMARY KEY,
    code          TEXT NOT NULL CHECK (length(code) BETWEEN 2 AND 6 AND code NOT GLOB '*[^0-9]*'),
    kind          TEXT NOT NULL CHECK (kind IN ('phường', 'xã', 'thị trấn', 'đặc khu', 'huyện')),
    name          TEXT NOT NULL CHECK (name <> ''),
    district_code TEXT,                     -- NULL from 2025-07-01 on
    district_kind TEXT,
    district_name TEXT,
    province_code TEXT NOT NULL,
    province_name TEXT NOT NULL DEFAULT '',
    valid_from    TEXT,                     -- NULL: since before our records
    valid_to      TEXT,                     -- NULL: still in force
    area_km2      REAL CHECK (area_km2 > 0),       -- as the law states it
    population    INTEGER CHECK (population >= 0), -- as the law states it
    lon           REAL, lat REAL,           -- a point inside, for sketches only
    resolution    TEXT,
    clause        TEXT,
    source_id     INTEGER NOT NULL REFERENCES source (id),
    source_line   INTEGER NOT NULL,
    CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from < valid_to)
) STRICT;
CREATE UNIQUE INDEX unit_code ON unit (code, ifnull(valid_from, ''));

CREATE TABLE district_alias (   -- earlier names of districts
    id             INTEGER PRIMARY KEY,
    former_code    TEXT NOT NULL,
    former_name    TEXT NOT NULL,           -- with its kind: 'Quận 2'
    province_code  TEXT NOT NULL,
    last_day       TEXT NOT NULL,
    resolution     TEXT NOT NULL,
    successor_code TEXT NOT NULL,
    successor_name TEXT NOT NULL,
    source_id      INTEGER NOT NULL REFERENCES source (id),
    source_line    INTEGER NOT NULL
) STRICT;

CREATE TABLE decree (           -- a resolution that changes units
    id            INTEGER PRIMARY KEY,
    number        TEXT NOT NULL UNIQUE,     -- '1685/NQ-UBTVQH15'
    province_code TEXT,
    effective_on  TEXT NOT NULL,            -- first day of the new units
    source_id     INTEGER NOT NULL REFERENCES source (id)
) STRICT;

CREATE TABLE clause (           -- its clauses, as read; empty when only a crosswalk was imported
    decree_id INTEGER NOT NULL REFERENCES decree (id),
    number    TEXT NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (decree_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE decree_note (      -- what the reading of the law had to say: defects, doubts
    id        INTEGER PRIMARY KEY,
    decree_id INTEGER NOT NULL REFERENCES decree (id),
    severity  INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 3), -- note, warning, error
    key       TEXT NOT NULL,
    clause    INTEGER NOT NULL DEFAULT 0,   -- 0 when it concerns no clause
    message   TEXT NOT NULL
) STRICT;

CREATE TABLE edge (             -- the crosswalk: old unit → new unit
    id        INTEGER PRIMARY KEY,
    decree_id INTEGER NOT NULL REFERENCES decree (id),
    old_unit  INTEGER NOT NULL REFERENCES unit (id),
    new_unit  INTEGER NOT NULL REFERENCES unit (id),
    part      TEXT NOT NULL CHECK (part IN ('whole', 'part', 'remainder')),
    scope     TEXT NOT NULL CHECK (scope IN ('all', 'area+population', 'area_only',
                  'population_only', 'part_area+all_population', 'all_area+no_population')),
    clause    TEXT NOT NULL DEFAULT '',     -- '' for a unit that the law leaves as it is
    basis     TEXT NOT NULL CHECK (basis IN ('law', 'table')),
    source_id INTEGER NOT NULL REFERENCES source (id),
    UNIQUE (old_unit, new_unit, basis)
) STRICT;
CREATE INDEX edge_new ON edge (new_unit);

CREATE TABLE layer (            -- a boundary layer
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL UNIQUE REFERENCES source (id),
    name      TEXT NOT NULL,
    as_of     TEXT NOT NULL,                -- which vintage of units it draws
    synthetic INTEGER NOT NULL DEFAULT 0 CHECK (synthetic IN (0, 1))
) STRICT;

CREATE TABLE layer_unit (       -- its features, EPSG:4326 MULTIPOLYGON
    id       INTEGER PRIMARY KEY,
    layer_id INTEGER NOT NULL REFERENCES layer (id),
    line     INTEGER NOT NULL,              -- feature number in the source
    code     TEXT,                          -- as the layer gives it
    name     TEXT,
    kind     TEXT,
    unit_id  INTEGER REFERENCES unit (id),  -- NULL when the layer's code is unknown on its day
    area_km2 REAL,                          -- measured on the ellipsoid
    geom     BLOB
) STRICT;
CREATE INDEX layer_unit_layer ON layer_unit (layer_id);

CREATE TABLE record_kind (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO record_kind VALUES (1, 'address'), (2, 'household'), (3, 'parcel'), (4, 'case');

-- Records. `key` is the identifier of the source system and unique for its kind. `raw` keeps the
-- bytes of the row as they stood in the file when decoding changed them, else NULL.
CREATE TABLE address (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    line      INTEGER NOT NULL,
    key       TEXT NOT NULL,
    text      TEXT,
    old_code  TEXT,                         -- as written, zeros lost and all
    lon       REAL, lat REAL,               -- EPSG:4326
    error_m   REAL CHECK (error_m >= 0),
    raw       BLOB
) STRICT;
CREATE UNIQUE INDEX address_key ON address (key);

CREATE TABLE household (
    id             INTEGER PRIMARY KEY,
    source_id      INTEGER NOT NULL REFERENCES source (id),
    line           INTEGER NOT NULL,
    key            TEXT NOT NULL,
    address_key    TEXT,
    text           TEXT,
    old_code       TEXT,
    residence_file TEXT,                    -- số hồ sơ cư trú
    raw            BLOB
) STRICT;
CREATE UNIQUE INDEX household_key ON household (key);

CREATE TABLE member (           -- members carry keys only: no names, no person ids
    id            INTEGER PRIMARY KEY,
    source_id     INTEGER NOT NULL REFERENCES source (id),
    line          INTEGER NOT NULL,
    key           TEXT NOT NULL,
    household_key TEXT NOT NULL,
    is_head       INTEGER NOT NULL CHECK (is_head IN (0, 1)),
    address_key   TEXT                      -- where it differs from the household's
) STRICT;
CREATE UNIQUE INDEX member_key ON member (key);

CREATE TABLE parcel (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    line      INTEGER NOT NULL,
    key       TEXT NOT NULL,
    old_code  TEXT,
    sheet     TEXT,                         -- tờ
    number    TEXT,                         -- thửa
    lon       REAL, lat REAL,
    error_m   REAL CHECK (error_m >= 0),
    raw       BLOB
) STRICT;
CREATE UNIQUE INDEX parcel_key ON parcel (key);

CREATE TABLE dossier (          -- an open case, hồ sơ
    id             INTEGER PRIMARY KEY,
    source_id      INTEGER NOT NULL REFERENCES source (id),
    line           INTEGER NOT NULL,
    key            TEXT NOT NULL,           -- mã hồ sơ, kept for ever
    procedure_code TEXT,                    -- mã TTHC
    received_on    TEXT,
    due_on         TEXT,
    received_raw   TEXT,                    -- as written, where that says more than the day
    due_raw        TEXT,
    status         INTEGER,                 -- portal status 1..10
    intake_unit    TEXT,                    -- codes of ward, district or agency
    handling_unit  TEXT,
    text           TEXT,                    -- address of the object
    parcel_key     TEXT,
    lon            REAL, lat REAL,
    error_m        REAL CHECK (error_m >= 0),
    household_key  TEXT,
    raw            BLOB
) STRICT;
CREATE UNIQUE INDEX dossier_key ON dossier (key);

CREATE TABLE verdict (          -- exactly one for each record
    kind       INTEGER NOT NULL REFERENCES record_kind (id),
    record_id  INTEGER NOT NULL,
    status     INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3), -- assigned, ambiguous, unplaced
    method     INTEGER NOT NULL,            -- noi_method
    reason     INTEGER NOT NULL,            -- noi_reason
    new_unit   INTEGER REFERENCES unit (id),
    old_unit   INTEGER REFERENCES unit (id),
    edge_id    INTEGER REFERENCES edge (id),
    candidates TEXT,                        -- codes of new units, ascending, space between
    warnings   INTEGER NOT NULL DEFAULT 0,  -- noi_warning bits
    border_m   REAL,
    queue      TEXT CHECK (queue IN ('CITY_DECIDES', 'LOCATE')), -- cases: R2 and routing step 2
    flags      INTEGER NOT NULL DEFAULT 0,  -- cases: 1 = overdue at handover, 2 = old unit finishes (R3)
    run_id     INTEGER NOT NULL REFERENCES run (id),
    PRIMARY KEY (kind, record_id),
    CHECK ((status = 1) = (new_unit IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (         -- what a person decided; the strongest evidence
    id         INTEGER PRIMARY KEY,
    kind       INTEGER NOT NULL REFERENCES record_kind (id),
    record_key TEXT NOT NULL,
    new_code   TEXT NOT NULL,
    actor      TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    reason     TEXT NOT NULL,
    UNIQUE (kind, record_key)
) STRICT;

CREATE TABLE finding (          -- what the validator has to say
    id           INTEGER PRIMARY KEY,
    rule         TEXT NOT NULL,             -- 'A03'
    severity     INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 3), -- note, warning, error
    subject_kind TEXT NOT NULL,             -- 'unit', 'edge', 'layer', 'address', ...
    subject_key  TEXT NOT NULL,
    unit_id      INTEGER REFERENCES unit (id),
    other_unit_id INTEGER REFERENCES unit (id),
    value_found  TEXT,                      -- both values
    value_expected TEXT,
    lon          REAL, lat REAL,
    geom         BLOB,
    run_id       INTEGER NOT NULL REFERENCES run (id)
) STRICT;
CREATE INDEX finding_rule ON finding (rule, subject_key);

SELECT RecoverGeometryColumn('layer_unit', 'geom', 4326, 'MULTIPOLYGON', 'XY');
SELECT CreateSpatialIndex('layer_unit', 'geom');
SELECT RecoverGeometryColumn('finding', 'geom', 4326, 'GEOMETRY', 'XY');
