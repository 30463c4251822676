-- Whose signatures are asked for, and what was signed (docs/decisions/0047-signing.md). Both only grow.
CREATE TABLE signer_event (
    id         INTEGER PRIMARY KEY,
    what       TEXT NOT NULL CHECK (what IN ('trust', 'revoke', 'needs')),
    name       TEXT,
    public_key TEXT CHECK (length(public_key) = 64),
    needs      INTEGER CHECK (needs >= 1),
    reason     TEXT,
    change     TEXT NOT NULL,           -- the text that was signed
    run_id     INTEGER NOT NULL REFERENCES run (id),
    CHECK ((what = 'needs') = (needs IS NOT NULL) AND (what = 'needs') = (name IS NULL)),
    CHECK ((what = 'trust') = (public_key IS NOT NULL))
) STRICT;

CREATE TABLE run_signature (    -- of a merge over its plan, of a change of signers over its text
    run_id     INTEGER NOT NULL REFERENCES run (id),
    position   INTEGER NOT NULL,
    subject    TEXT NOT NULL CHECK (length(subject) = 64),
    name       TEXT NOT NULL,
    public_key TEXT NOT NULL CHECK (length(public_key) = 64),
    signature  TEXT NOT NULL CHECK (length(signature) = 128),
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
