-- Decisions of people (docs/decisions/0042-decisions.md). `decision` keeps what is effective, and only
-- that: the merge reads it. What each person said stands in decision_voice, what ended in decision_past.
ALTER TABLE decision ADD COLUMN evidence TEXT;
ALTER TABLE decision ADD COLUMN approved_by TEXT;   -- the second person, where a rule asks for one
ALTER TABLE decision ADD COLUMN run_id INTEGER REFERENCES run (id);

CREATE TABLE decision_voice (   -- one for each person and record
    id         INTEGER PRIMARY KEY,
    kind       INTEGER NOT NULL REFERENCES record_kind (id),
    record_key TEXT NOT NULL,
    new_code   TEXT NOT NULL,
    actor      TEXT NOT NULL,
    actor_key  TEXT NOT NULL,           -- the name without case, marks and spaces
    decided_on TEXT NOT NULL,
    reason     TEXT NOT NULL,
    evidence   TEXT,
    override   TEXT,                    -- why it is none of the candidates
    candidates TEXT,                    -- as they stood
    rules      TEXT,                    -- of data/decision_rules.csv that hold: 'D1 D4'
    needs      INTEGER NOT NULL CHECK (needs >= 1), -- persons
    list_id    TEXT,
    list_row   INTEGER,
    run_id     INTEGER REFERENCES run (id),
    UNIQUE (kind, record_key, actor_key)
) STRICT;

CREATE INDEX decision_voice_run ON decision_voice (run_id);

CREATE TABLE decision_past (    -- voices and decisions that ended; nothing is overwritten
    id          INTEGER PRIMARY KEY,
    what        TEXT NOT NULL CHECK (what IN ('voice', 'decision')),
    kind        INTEGER NOT NULL REFERENCES record_kind (id),
    record_key  TEXT NOT NULL,
    new_code    TEXT NOT NULL,
    actor       TEXT NOT NULL,
    approved_by TEXT,
    decided_on  TEXT NOT NULL,
    reason      TEXT NOT NULL,
    evidence    TEXT,
    ended       TEXT NOT NULL CHECK (ended IN ('withdrawn', 'replaced', 'contradicted', 'incomplete')),
    ended_by    TEXT NOT NULL,
    ended_on    TEXT NOT NULL,
    ended_why   TEXT,
    made_by     INTEGER REFERENCES run (id),         -- the run that made it
    run_id      INTEGER NOT NULL REFERENCES run (id) -- that ended it
) STRICT;
CREATE INDEX decision_past_run ON decision_past (run_id);
CREATE INDEX decision_past_made ON decision_past (made_by);
CREATE INDEX decision_past_key ON decision_past (kind, record_key);

CREATE TABLE officer (          -- who looks after what; '' for every unit or kind
    unit_code TEXT NOT NULL,    -- of the old unit
    kind      TEXT NOT NULL,
    name      TEXT NOT NULL,
    run_id    INTEGER NOT NULL REFERENCES run (id),
    PRIMARY KEY (unit_code, kind, name)
) STRICT, WITHOUT ROWID;

INSERT INTO decision_voice (kind, record_key, new_code, actor, actor_key, decided_on, reason, needs)
SELECT kind, record_key, new_code, actor, lower(replace(actor, ' ', '')), decided_on, reason, 1 FROM decision;
