-- What the rules share, for one validation. The reform is the newest day on which a decree with
-- edges took effect; its units are those of the provinces that its edges touch.
DROP TABLE IF EXISTS temp.reform;
CREATE TEMP TABLE reform AS
SELECT max(d.effective_on) AS day, date(max(d.effective_on), '-1 day') AS eve
FROM decree d
WHERE EXISTS (SELECT 1 FROM edge e WHERE e.decree_id = d.id);

-- The edges of the reform; where a decree has edges of both bases, the law's.
DROP TABLE IF EXISTS temp.law_edge;
CREATE TEMP TABLE law_edge (
    id INTEGER PRIMARY KEY, decree_id INTEGER, old_unit INTEGER, new_unit INTEGER,
    part TEXT, scope TEXT, clause TEXT
);
INSERT INTO law_edge
SELECT e.id, e.decree_id, e.old_unit, e.new_unit, e.part, e.scope, e.clause
FROM edge e
JOIN decree d ON d.id = e.decree_id
JOIN reform r ON d.effective_on = r.day
WHERE e.basis = 'law'
   OR NOT EXISTS (SELECT 1 FROM edge l WHERE l.decree_id = e.decree_id AND l.basis = 'law');
CREATE INDEX temp.law_edge_old ON law_edge (old_unit, new_unit);
CREATE INDEX temp.law_edge_new ON law_edge (new_unit);

DROP TABLE IF EXISTS temp.named_unit;
CREATE TEMP TABLE named_unit (id INTEGER PRIMARY KEY, full_name TEXT);
INSERT INTO named_unit
SELECT id, CASE kind WHEN 'phường' THEN 'Phường' WHEN 'xã' THEN 'Xã' WHEN 'thị trấn' THEN 'Thị trấn'
                     WHEN 'đặc khu' THEN 'Đặc khu' ELSE 'Huyện' END || ' ' || name
FROM unit;

DROP TABLE IF EXISTS temp.old_unit;
CREATE TEMP TABLE old_unit (
    id INTEGER PRIMARY KEY, code TEXT, kind TEXT, name TEXT, full_name TEXT, district_code TEXT,
    district_name TEXT, province_code TEXT, area_km2 REAL, population INTEGER, lon REAL, lat REAL
);
INSERT INTO old_unit
SELECT u.id, u.code, u.kind, u.name, n.full_name, u.district_code,
       trim(ifnull(u.district_kind, '') || ' ' || ifnull(u.district_name, '')),
       u.province_code, u.area_km2, u.population, u.lon, u.lat
FROM unit u
JOIN named_unit n ON n.id = u.id
JOIN reform r
WHERE (u.valid_from IS NULL OR u.valid_from <= r.eve) AND (u.valid_to IS NULL OR u.valid_to > r.eve)
  AND u.province_code IN (SELECT o.province_code FROM law_edge e JOIN unit o ON o.id = e.old_unit);
CREATE INDEX temp.old_unit_code ON old_unit (code);

DROP TABLE IF EXISTS temp.new_unit;
CREATE TEMP TABLE new_unit (
    id INTEGER PRIMARY KEY, code TEXT, kind TEXT, name TEXT, full_name TEXT, province_code TEXT,
    area_km2 REAL, population INTEGER, lon REAL, lat REAL, resolution TEXT, clause TEXT
);
INSERT INTO new_unit
SELECT u.id, u.code, u.kind, u.name, n.full_name, u.province_code, u.area_km2, u.population, u.lon,
       u.lat, u.resolution, u.clause
FROM unit u
JOIN named_unit n ON n.id = u.id
JOIN reform r
WHERE (u.valid_from = r.day
       AND u.province_code IN (SELECT v.province_code FROM law_edge e JOIN unit v ON v.id = e.new_unit))
   OR u.id IN (SELECT new_unit FROM law_edge);
CREATE INDEX temp.new_unit_code ON new_unit (code);

DROP TABLE IF EXISTS temp.twin;
CREATE TEMP TABLE twin (hash INTEGER, id INTEGER, PRIMARY KEY (hash, id)) WITHOUT ROWID;

-- Verdicts that some rule cares for; filled in one pass over table verdict. `why` holds the bits
-- that need more than the verdict: 1 new unit not in force, 2 no edge from old to new.
DROP TABLE IF EXISTS temp.noted;
CREATE TEMP TABLE noted (kind INTEGER, record_id INTEGER, why INTEGER,
                         PRIMARY KEY (kind, record_id)) WITHOUT ROWID;
DROP VIEW IF EXISTS temp.noted_record;
CREATE TEMP VIEW noted_record AS
SELECT n.kind, n.record_id, k.name AS subject, n.why, v.status, v.method, v.reason, v.new_unit,
       v.old_unit, v.candidates, v.probabilities, v.warnings, v.border_m, v.queue, v.flags,
       v.point_unit, (SELECT u.code || ' ' || m.full_name FROM unit u JOIN temp.named_unit m ON m.id = u.id
                      WHERE u.id = v.point_unit) AS point_name,
       -- a record that only follows another one repeats its warnings: they are told once
       (n.kind = 2 AND v.method = 7) OR (n.kind = 4 AND v.method IN (7, 8)) AS follows,
       CASE n.kind WHEN 1 THEN (SELECT key FROM address WHERE id = n.record_id)
                   WHEN 2 THEN (SELECT key FROM household WHERE id = n.record_id)
                   WHEN 3 THEN (SELECT key FROM parcel WHERE id = n.record_id)
                   ELSE (SELECT key FROM dossier WHERE id = n.record_id) END AS key,
       CASE n.kind WHEN 1 THEN (SELECT old_code FROM address WHERE id = n.record_id)
                   WHEN 2 THEN (SELECT old_code FROM household WHERE id = n.record_id)
                   WHEN 3 THEN (SELECT old_code FROM parcel WHERE id = n.record_id)
                   ELSE (SELECT handling_unit FROM dossier WHERE id = n.record_id) END AS old_code,
       CASE n.kind WHEN 1 THEN (SELECT lon FROM address WHERE id = n.record_id)
                   WHEN 3 THEN (SELECT lon FROM parcel WHERE id = n.record_id)
                   WHEN 4 THEN (SELECT lon FROM dossier WHERE id = n.record_id) END AS lon,
       CASE n.kind WHEN 1 THEN (SELECT lat FROM address WHERE id = n.record_id)
                   WHEN 3 THEN (SELECT lat FROM parcel WHERE id = n.record_id)
                   WHEN 4 THEN (SELECT lat FROM dossier WHERE id = n.record_id) END AS lat
FROM noted n
JOIN verdict v ON v.kind = n.kind AND v.record_id = n.record_id
JOIN record_kind k ON k.id = n.kind;
