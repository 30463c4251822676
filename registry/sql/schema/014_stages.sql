-- How far the cutover is (docs/decisions/0052-stages.md). It only grows: a step back is a step.
CREATE TABLE stage_step (
    id         INTEGER PRIMARY KEY,
    stage      TEXT NOT NULL,
    before     TEXT NOT NULL,
    conditions TEXT NOT NULL,   -- each with what it came to: 'wrong=0 lost=0'
    reason     TEXT,
    evidence   TEXT,            -- name of the file that was shown
    evidence_sha256 TEXT CHECK (length(evidence_sha256) = 64),
    run_id     INTEGER NOT NULL REFERENCES run (id)
) STRICT;
