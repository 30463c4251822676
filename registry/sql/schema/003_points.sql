-- What the points say beside the verdicts (docs/decisions/0033-positional-error.md).
ALTER TABLE verdict ADD COLUMN probabilities TEXT; -- percent of each candidate, in the order of
                                                   -- `candidates`; NULL where no point weighs them
ALTER TABLE verdict ADD COLUMN point_unit INTEGER REFERENCES unit (id); -- what the point says,
                                                   -- noi_verdict.point_unit; NULL where it lies in new_unit

DROP VIEW verdict_named;
CREATE VIEW verdict_named AS
SELECT v.kind, v.record_id,
       CASE v.status WHEN 1 THEN 'assigned' WHEN 2 THEN 'ambiguous' ELSE 'unplaced' END AS status,
       v.method, v.reason, n.code AS new_code, n.kind || ' ' || n.name AS new_name,
       o.code AS old_code, o.kind || ' ' || o.name AS old_name, d.number AS resolution, e.clause,
       v.candidates, v.probabilities, v.warnings, v.border_m,
       CASE WHEN p.id IS NULL THEN NULL
            WHEN v.warnings & 12 THEN 'corrected' -- axes exchanged, or the other zone
            WHEN v.warnings & 8192 THEN 'nearest' -- in no unit
            ELSE 'inside' END AS point_says,
       p.code AS point_code, p.kind || ' ' || p.name AS point_name, v.queue, v.flags
FROM verdict v
LEFT JOIN unit n ON n.id = v.new_unit
LEFT JOIN unit o ON o.id = v.old_unit
LEFT JOIN edge e ON e.id = v.edge_id
LEFT JOIN decree d ON d.id = e.decree_id
LEFT JOIN unit p ON p.id = v.point_unit;

DROP VIEW address_verdict;
CREATE VIEW address_verdict AS
SELECT a.id, a.key, a.text, a.old_code AS written_code, a.lon, a.lat, a.error_m, v.status, v.new_code,
       v.new_name, v.old_code, v.old_name, v.resolution, v.clause, v.candidates, v.probabilities,
       v.border_m, v.point_says, v.point_code, v.point_name
FROM address a
LEFT JOIN verdict_named v ON v.kind = 1 AND v.record_id = a.id;

DROP VIEW parcel_verdict;
CREATE VIEW parcel_verdict AS
SELECT p.id, p.key, p.sheet, p.number, p.lon, p.lat, p.error_m, v.status, v.new_code, v.new_name,
       v.old_code, v.old_name, v.resolution, v.clause, v.candidates, v.probabilities, v.border_m,
       v.point_says, v.point_code, v.point_name
FROM parcel p
LEFT JOIN verdict_named v ON v.kind = 3 AND v.record_id = p.id;

DROP VIEW case_verdict;
CREATE VIEW case_verdict AS
SELECT d.id, d.key, d.procedure_code, d.received_on, d.due_on, d.status AS portal_status,
       d.intake_unit, d.handling_unit, d.lon, d.lat, d.error_m, v.status, v.new_code, v.new_name,
       v.old_code, v.old_name, v.resolution, v.clause, v.candidates, v.probabilities, v.border_m,
       v.point_says, v.point_code, v.point_name, v.queue, v.flags
FROM dossier d
LEFT JOIN verdict_named v ON v.kind = 4 AND v.record_id = d.id;
