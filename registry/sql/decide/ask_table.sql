-- The records of one list of decisions.
CREATE TEMP TABLE IF NOT EXISTS asked (kind INTEGER, key TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
