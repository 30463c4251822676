-- A registry in which no rule finds anything: four old units, three new ones, their maps, and a few
-- records with verdicts. One letter is one square of 0.01°:
--
--     old  B C D        new  E N W      An (A) is split: its west goes to Đông (E), the
--          A A D             E N W      remainder to Nam (N).
INSERT INTO run (id, command, program_version, plan_hash, actor, started_at, ended_at, state) VALUES
    (1, 'import', '0.1.0', NULL, 'tester', '2025-07-01T00:00:00Z', '2025-07-01T00:00:00Z', 'done'),
    (2, 'merge', '0.1.0', '00000000000000000000000000000000000000000000000000000000000000aa', 'tester',
     '2025-07-01T00:00:00Z', '2025-07-01T00:00:00Z', 'done');
INSERT INTO source (id, kind, name, sha256, bytes, encoding, as_of, rows_read, rows_stored, rows_rejected, run_id)
VALUES (1, 'units', 'old.csv', printf('%064d', 1), 1, 'utf8', '2025-06-30', 4, 4, 0, 1),
       (2, 'units', 'new.csv', printf('%064d', 2), 1, 'utf8', '2025-07-01', 3, 3, 0, 1),
       (3, 'decree', 'decree.md', printf('%064d', 3), 1, 'utf8', '2025-07-01', 5, 5, 0, 1),
       (4, 'layer', 'old.gpkg', printf('%064d', 4), 1, 'utf8', '2025-06-30', 4, 4, 0, 1),
       (5, 'layer', 'new.gpkg', printf('%064d', 5), 1, 'utf8', '2025-07-01', 3, 3, 0, 1),
       (6, 'addresses', 'addresses.csv', printf('%064d', 6), 1, 'utf8', '2025-06-30', 4, 4, 0, 1),
       (7, 'households', 'households.csv', printf('%064d', 7), 1, 'utf8', '2025-06-30', 2, 2, 0, 1),
       (8, 'members', 'members.csv', printf('%064d', 8), 1, 'utf8', '2025-06-30', 3, 3, 0, 1),
       (9, 'parcels', 'parcels.csv', printf('%064d', 9), 1, 'utf8', '2025-06-30', 1, 1, 0, 1),
       (10, 'cases', 'cases.csv', printf('%064d', 10), 1, 'utf8', '2025-06-30', 2, 2, 0, 1);
INSERT INTO unit (id, code, kind, name, district_code, district_kind, district_name, province_code,
                  province_name, valid_from, valid_to, area_km2, population, lon, lat, resolution,
                  clause, source_id, source_line)
VALUES (1, '10001', 'phường', 'An', '760', 'quận', 'Một', '79', 'Thành phố Mẫu', NULL, '2025-07-01', NULL, NULL, 106.61, 10.705, NULL, NULL, 1, 2),
       (2, '10002', 'phường', 'Bình', '760', 'quận', 'Một', '79', 'Thành phố Mẫu', NULL, '2025-07-01', NULL, NULL, 106.605, 10.715, NULL, NULL, 1, 3),
       (3, '10003', 'phường', 'Cát', '761', 'quận', 'Hai', '79', 'Thành phố Mẫu', NULL, '2025-07-01', NULL, NULL, 106.615, 10.715, NULL, NULL, 1, 4),
       (4, '10004', 'xã', 'Dương', '761', 'quận', 'Hai', '79', 'Thành phố Mẫu', NULL, '2025-07-01', NULL, NULL, 106.625, 10.71, NULL, NULL, 1, 5),
       (11, '10101', 'phường', 'Đông', NULL, NULL, NULL, '79', 'Thành phố Mẫu', '2025-07-01', NULL, 2.4, 30000, 106.605, 10.71, '1/NQ', '1', 2, 2),
       (12, '10102', 'phường', 'Nam', NULL, NULL, NULL, '79', 'Thành phố Mẫu', '2025-07-01', NULL, 2.4, 20000, 106.615, 10.71, '1/NQ', '2', 2, 3),
       (13, '10103', 'xã', 'Tây', NULL, NULL, NULL, '79', 'Thành phố Mẫu', '2025-07-01', NULL, 2.4, 10000, 106.625, 10.71, '1/NQ', '3', 2, 4);
INSERT INTO decree VALUES (1, '1/NQ', '79', '2025-07-01', 3);
INSERT INTO clause VALUES (1, '4', 'Sau khi sắp xếp, Thành phố Mẫu có 03 đơn vị hành chính cấp xã, gồm 02 phường và 01 xã.');
INSERT INTO edge (id, decree_id, old_unit, new_unit, part, scope, clause, basis, source_id)
VALUES (1, 1, 1, 11, 'part', 'area+population', '1', 'law', 3),
       (2, 1, 1, 12, 'remainder', 'area+population', '2', 'law', 3),
       (3, 1, 2, 11, 'whole', 'all', '1', 'law', 3),
       (4, 1, 3, 12, 'whole', 'all', '2', 'law', 3),
       (5, 1, 4, 13, 'whole', 'all', '3', 'law', 3);
INSERT INTO layer VALUES (1, 4, 'old', '2025-06-30', 0), (2, 5, 'new', '2025-07-01', 0);
INSERT INTO layer_unit (id, layer_id, line, code, name, kind, unit_id, area_km2, geom)
VALUES (1, 1, 1, '10001', 'An', 'phường', 1, 2.4, GeomFromText('MULTIPOLYGON(((106.6 10.7, 106.61 10.7, 106.62 10.7, 106.62 10.71, 106.61 10.71, 106.6 10.71, 106.6 10.7)))', 4326)),
       (2, 1, 2, '10002', 'Bình', 'phường', 2, 1.2, GeomFromText('MULTIPOLYGON(((106.6 10.71, 106.61 10.71, 106.61 10.72, 106.6 10.72, 106.6 10.71)))', 4326)),
       (3, 1, 3, '10003', 'Cát', 'phường', 3, 1.2, GeomFromText('MULTIPOLYGON(((106.61 10.71, 106.62 10.71, 106.62 10.72, 106.61 10.72, 106.61 10.71)))', 4326)),
       (4, 1, 4, '10004', 'Dương', 'xã', 4, 2.4, GeomFromText('MULTIPOLYGON(((106.62 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, 106.62 10.71, 106.62 10.7)))', 4326)),
       (11, 2, 1, '10101', 'Phường Đông', 'phường', 11, 2.4, GeomFromText('MULTIPOLYGON(((106.6 10.7, 106.61 10.7, 106.61 10.72, 106.6 10.72, 106.6 10.7)))', 4326)),
       (12, 2, 2, '10102', 'Phường Nam', 'phường', 12, 2.4, GeomFromText('MULTIPOLYGON(((106.61 10.7, 106.62 10.7, 106.62 10.72, 106.61 10.72, 106.61 10.7)))', 4326)),
       (13, 2, 3, '10103', 'Xã Tây', 'xã', 13, 2.4, GeomFromText('MULTIPOLYGON(((106.62 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, 106.62 10.7)))', 4326));
INSERT INTO address (id, source_id, line, key, text, old_code, lon, lat, error_m)
VALUES (1, 6, 2, 'A1', '1 Lê Lợi, P. Bình, Quận Một', '10002', NULL, NULL, NULL),
       (2, 6, 3, 'A2', '2 Lê Lợi, P. An, Quận Một', '10001', 106.615, 10.705, 5),
       (3, 6, 4, 'A3', '3 Lê Lợi, P. An, Quận Một', '10001', NULL, NULL, NULL),
       (4, 6, 5, 'A4', '4 Lê Lợi, P. Cát, Quận Hai', '10003', NULL, NULL, NULL);
INSERT INTO household (id, source_id, line, key, address_key, text, old_code, residence_file)
VALUES (1, 7, 2, 'H1', 'A1', NULL, NULL, '100'), (2, 7, 3, 'H2', 'A4', NULL, NULL, '100');
INSERT INTO member (id, source_id, line, key, household_key, is_head, address_key)
VALUES (1, 8, 2, 'M1', 'H1', 1, NULL), (2, 8, 3, 'M2', 'H1', 0, 'A1'), (3, 8, 4, 'M3', 'H2', 1, NULL);
INSERT INTO parcel (id, source_id, line, key, old_code, sheet, number) VALUES (1, 9, 2, 'P1', '10004', '1', '7');
INSERT INTO dossier (id, source_id, line, key, procedure_code, received_on, due_on, status, intake_unit,
                     handling_unit, text, parcel_key, household_key)
VALUES (1, 10, 2, '000.00.01.H29-250601-0001', '1.000001', '2025-06-01', '2025-07-15', 4, '10004', '10004', NULL, 'P1', NULL),
       (2, 10, 3, '000.00.01.H29-250602-0002', '1.000002', '2025-06-02', '2025-07-16', 2, '10002', '10002', NULL, NULL, 'H1');
INSERT INTO verdict_row (kind, record_id, status, method, reason, new_unit, old_unit, edge_id, candidates,
                     warnings, border_m, queue, flags, run_id)
VALUES (1, 1, 1, 2, 0, 11, 2, 3, NULL, 0, NULL, NULL, 0, 2),
       (1, 2, 1, 4, 0, 12, 1, 2, NULL, 0, 555, NULL, 0, 2),
       (1, 3, 2, 0, 1, NULL, 1, NULL, '10101 10102', 0, NULL, NULL, 0, 2),
       (1, 4, 1, 2, 0, 12, 3, 4, NULL, 0, NULL, NULL, 0, 2),
       (2, 1, 1, 7, 0, 11, 2, 3, NULL, 0, NULL, NULL, 0, 2),
       (2, 2, 1, 7, 0, 12, 3, 4, NULL, 0, NULL, NULL, 0, 2),
       (3, 1, 1, 2, 0, 13, 4, 5, NULL, 0, NULL, NULL, 0, 2),
       (4, 1, 1, 3, 0, 13, 4, 5, NULL, 0, NULL, NULL, 0, 2),
       (4, 2, 1, 8, 0, 11, 2, 3, NULL, 0, NULL, NULL, 0, 2);
