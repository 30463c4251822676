-- Views for people and for QGIS: names instead of numbers. Nothing in the program reads them.

CREATE VIEW unit_named AS
SELECT id, code, kind || ' ' || name AS full_name, district_kind || ' ' || district_name AS district,
       province_code, province_name, valid_from, valid_to, area_km2, population, resolution, clause
FROM unit;

CREATE VIEW edge_named AS
SELECT e.id, o.code AS old_code, o.kind || ' ' || o.name AS old_name,
       o.district_kind || ' ' || o.district_name AS old_district,
       n.code AS new_code, n.kind || ' ' || n.name AS new_name,
       e.part, e.scope, d.number AS resolution, e.clause, c.text AS clause_text, e.basis,
       d.effective_on
FROM edge e
JOIN decree d ON d.id = e.decree_id
JOIN unit o ON o.id = e.old_unit
JOIN unit n ON n.id = e.new_unit
LEFT JOIN clause c ON c.decree_id = e.decree_id AND c.number = e.clause;

-- Where the law's text and a table say different things about the same two units, or only one speaks.
CREATE VIEW edge_disagreement AS
SELECT o.code AS old_code, o.name AS old_name, n.code AS new_code, n.name AS new_name,
       max(CASE e.basis WHEN 'law' THEN e.part || ', ' || e.scope || ', ' || e.clause END) AS law,
       max(CASE e.basis WHEN 'table' THEN e.part || ', ' || e.scope || ', ' || e.clause END) AS "table"
FROM edge e
JOIN unit o ON o.id = e.old_unit
JOIN unit n ON n.id = e.new_unit
WHERE e.decree_id IN (SELECT decree_id FROM edge WHERE basis = 'law')
  AND e.decree_id IN (SELECT decree_id FROM edge WHERE basis = 'table')
GROUP BY e.old_unit, e.new_unit
HAVING law IS NOT "table";

-- How each file came in, and what became of its rows.
CREATE VIEW source_account AS
SELECT s.id, s.kind, s.name, s.as_of, s.encoding, s.crs, s.transform, s.accuracy_m,
       s.rows_read, s.rows_stored, s.rows_rejected, s.notes, r.actor, r.started_at
FROM source s
JOIN run r ON r.id = s.run_id;

CREATE VIEW verdict_named AS
SELECT v.kind, v.record_id,
       CASE v.status WHEN 1 THEN 'assigned' WHEN 2 THEN 'ambiguous' ELSE 'unplaced' END AS status,
       v.method, v.reason, n.code AS new_code, n.kind || ' ' || n.name AS new_name,
       o.code AS old_code, o.kind || ' ' || o.name AS old_name, d.number AS resolution, e.clause,
       v.candidates, v.warnings, v.border_m, v.queue, v.flags
FROM verdict v
LEFT JOIN unit n ON n.id = v.new_unit
LEFT JOIN unit o ON o.id = v.old_unit
LEFT JOIN edge e ON e.id = v.edge_id
LEFT JOIN decree d ON d.id = e.decree_id;

CREATE VIEW address_verdict AS
SELECT a.id, a.key, a.text, a.old_code AS written_code, a.lon, a.lat, v.status, v.new_code,
       v.new_name, v.old_code, v.old_name, v.resolution, v.clause, v.candidates, v.border_m
FROM address a
LEFT JOIN verdict_named v ON v.kind = 1 AND v.record_id = a.id;

CREATE VIEW household_verdict AS
SELECT h.id, h.key, h.address_key, h.text, h.residence_file, v.status, v.new_code, v.new_name,
       v.old_code, v.old_name, v.resolution, v.clause, v.candidates
FROM household h
LEFT JOIN verdict_named v ON v.kind = 2 AND v.record_id = h.id;

CREATE VIEW parcel_verdict AS
SELECT p.id, p.key, p.sheet, p.number, p.lon, p.lat, v.status, v.new_code, v.new_name, v.old_code,
       v.old_name, v.resolution, v.clause, v.candidates, v.border_m
FROM parcel p
LEFT JOIN verdict_named v ON v.kind = 3 AND v.record_id = p.id;

CREATE VIEW case_verdict AS
SELECT d.id, d.key, d.procedure_code, d.received_on, d.due_on, d.status AS portal_status,
       d.intake_unit, d.handling_unit, v.status, v.new_code, v.new_name, v.old_code, v.old_name,
       v.resolution, v.clause, v.candidates, v.queue, v.flags
FROM dossier d
LEFT JOIN verdict_named v ON v.kind = 4 AND v.record_id = d.id;

-- The borders with their units' names, as a spatial view that QGIS lists among the layers.
CREATE VIEW border AS
SELECT lu.id AS rowid, l.name AS layer, l.as_of, l.synthetic, lu.code,
       ifnull(u.kind || ' ' || u.name, lu.name) AS full_name, lu.area_km2 AS measured_km2,
       u.area_km2 AS stated_km2, u.population, lu.geom
FROM layer_unit lu
JOIN layer l ON l.id = lu.layer_id
LEFT JOIN unit u ON u.id = lu.unit_id;
INSERT INTO views_geometry_columns
    (view_name, view_geometry, view_rowid, f_table_name, f_geometry_column, read_only)
VALUES ('border', 'geom', 'rowid', 'layer_unit', 'geom', 1);
