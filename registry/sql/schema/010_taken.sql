-- A verdict that is taken back stays in its place, marked, until another one needs the place; and the
-- records of a unit are listed for each entry (docs/decisions/0041-ledger.md). What a unit of 120,000
-- records costs is then one short row a record, wherever they lie. `verdict` and `verdict_past` are views.
PRAGMA legacy_alter_table = ON; -- the views that read these names go on reading them
ALTER TABLE verdict RENAME TO verdict_row;
ALTER TABLE verdict_past RENAME TO verdict_row_past;
PRAGMA legacy_alter_table = OFF;

CREATE TABLE verdict_taken (    -- rows of verdict_row that ended where they stand
    kind      INTEGER NOT NULL,
    record_id INTEGER NOT NULL,
    ended_by  INTEGER NOT NULL, -- the entry of the ledger
    PRIMARY KEY (kind, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_taken_ended ON verdict_taken (ended_by);

CREATE VIEW verdict AS          -- what is so now: exactly one for each record that has one
SELECT kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates, warnings,
       border_m, queue, flags, run_id, probabilities, point_unit, rule_id, entry, seal
FROM verdict_row v
-- the first EXISTS is asked once for a statement, the second for each row
WHERE NOT (EXISTS (SELECT 1 FROM verdict_taken)
           AND EXISTS (SELECT 1 FROM verdict_taken t WHERE t.kind = v.kind AND t.record_id = v.record_id));

CREATE VIEW verdict_past AS     -- what was so before
SELECT kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates, warnings,
       border_m, queue, flags, run_id, probabilities, point_unit, rule_id, entry, seal, ended_by
FROM verdict_row_past
UNION ALL
SELECT t.kind, t.record_id, v.status, v.method, v.reason, v.new_unit, v.old_unit, v.edge_id, v.candidates,
       v.warnings, v.border_m, v.queue, v.flags, v.run_id, v.probabilities, v.point_unit, v.rule_id, v.entry,
       v.seal, t.ended_by
FROM verdict_taken t
CROSS JOIN verdict_row v ON v.kind = t.kind AND v.record_id = t.record_id;

CREATE TABLE verdict_unit (     -- which records an entry gave that were in a unit, or are now
    entry   INTEGER NOT NULL,
    side    INTEGER NOT NULL CHECK (side IN (0, 1)), -- old, new
    unit_id INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    ids     BLOB NOT NULL,      -- ascending: each as its distance to the one before, seven bits a byte
    PRIMARY KEY (entry, side, unit_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO verdict_unit SELECT 0, 0, 0, 0, x'' WHERE EXISTS (SELECT 1 FROM verdict_row); -- given before
