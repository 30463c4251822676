-- Where, in the order of ids, the records of another source begin: kind, first record, source.
WITH RECURSIVE
a (first, source_id) AS (
    SELECT id, source_id FROM address WHERE id = (SELECT min(id) FROM address)
    UNION ALL
    SELECT n.id, n.source_id FROM a JOIN address n ON n.id =
        (SELECT x.id FROM address x WHERE x.id > a.first AND x.source_id <> a.source_id ORDER BY x.id LIMIT 1)),
h (first, source_id) AS (
    SELECT id, source_id FROM household WHERE id = (SELECT min(id) FROM household)
    UNION ALL
    SELECT n.id, n.source_id FROM h JOIN household n ON n.id =
        (SELECT x.id FROM household x WHERE x.id > h.first AND x.source_id <> h.source_id ORDER BY x.id LIMIT 1)),
p (first, source_id) AS (
    SELECT id, source_id FROM parcel WHERE id = (SELECT min(id) FROM parcel)
    UNION ALL
    SELECT n.id, n.source_id FROM p JOIN parcel n ON n.id =
        (SELECT x.id FROM parcel x WHERE x.id > p.first AND x.source_id <> p.source_id ORDER BY x.id LIMIT 1)),
d (first, source_id) AS (
    SELECT id, source_id FROM dossier WHERE id = (SELECT min(id) FROM dossier)
    UNION ALL
    SELECT n.id, n.source_id FROM d JOIN dossier n ON n.id =
        (SELECT x.id FROM dossier x WHERE x.id > d.first AND x.source_id <> d.source_id ORDER BY x.id LIMIT 1))
SELECT 1 AS kind, first, source_id FROM a
UNION ALL SELECT 2, first, source_id FROM h
UNION ALL SELECT 3, first, source_id FROM p
UNION ALL SELECT 4, first, source_id FROM d
ORDER BY kind, first;
