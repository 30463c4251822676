-- What was done, provably, and what was so before (docs/decisions/0040-cutover.md, 0041-ledger.md).
CREATE TABLE ledger (           -- one entry for each transaction that wrote; numbers have no gap
    id           INTEGER PRIMARY KEY,
    run_id       INTEGER NOT NULL REFERENCES run (id),
    operation    TEXT NOT NULL,         -- 'import', 'merge', 'decide', 'undo', 'redo', ...
    subject      TEXT NOT NULL DEFAULT '', -- what it is about, for people: keys and codes only
    from_kind    INTEGER NOT NULL DEFAULT 0, -- the span of records, both ends included; 0: none
    from_id      INTEGER NOT NULL DEFAULT 0,
    to_kind      INTEGER NOT NULL DEFAULT 0,
    to_id        INTEGER NOT NULL DEFAULT 0,
    rows         INTEGER NOT NULL,      -- written
    digest       TEXT NOT NULL CHECK (length(digest) = 64), -- of the rows as they were written
    ended        INTEGER NOT NULL DEFAULT 0, -- verdicts that it put into verdict_past
    ended_digest TEXT NOT NULL DEFAULT '',
    hash         TEXT NOT NULL CHECK (length(hash) = 64) -- over all of this and the hash before
) STRICT;
CREATE INDEX ledger_run ON ledger (run_id);

ALTER TABLE verdict ADD COLUMN entry INTEGER NOT NULL DEFAULT 0; -- that gave it; 0: before the ledger
ALTER TABLE verdict ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;  -- over it and the row before it in its entry

CREATE TABLE verdict_past (     -- verdicts that ended; never changed again
    kind          INTEGER NOT NULL REFERENCES record_kind (id),
    record_id     INTEGER NOT NULL,
    ended_by      INTEGER NOT NULL, -- the entry of the ledger that ended it; behind the other columns of the
                                    -- key, or integrity_check of SQLite 3.40 finds NULLs that are not there
    status        INTEGER NOT NULL,
    method        INTEGER NOT NULL,
    reason        INTEGER NOT NULL,
    new_unit      INTEGER REFERENCES unit (id),
    old_unit      INTEGER REFERENCES unit (id),
    edge_id       INTEGER REFERENCES edge (id),
    candidates    TEXT,
    warnings      INTEGER NOT NULL,
    border_m      REAL,
    queue         TEXT,
    flags         INTEGER NOT NULL,
    run_id        INTEGER NOT NULL REFERENCES run (id),
    probabilities TEXT,
    point_unit    INTEGER REFERENCES unit (id),
    rule_id       INTEGER REFERENCES split_rule (id),
    entry         INTEGER NOT NULL,
    seal          INTEGER NOT NULL,
    PRIMARY KEY (kind, record_id, ended_by)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_past_ended ON verdict_past (ended_by);
CREATE INDEX verdict_past_rule ON verdict_past (rule_id) WHERE rule_id IS NOT NULL;
