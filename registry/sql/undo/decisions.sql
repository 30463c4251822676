-- The records on which people decided, with the run that took the decision in (0: none).
SELECT d.kind, a.id, ifnull(d.run_id, 0) FROM decision d JOIN address a ON a.key = d.record_key WHERE d.kind = 1
UNION ALL
SELECT d.kind, h.id, ifnull(d.run_id, 0) FROM decision d JOIN household h ON h.key = d.record_key WHERE d.kind = 2
UNION ALL
SELECT d.kind, p.id, ifnull(d.run_id, 0) FROM decision d JOIN parcel p ON p.key = d.record_key WHERE d.kind = 3
UNION ALL
SELECT d.kind, c.id, ifnull(d.run_id, 0) FROM decision d JOIN dossier c ON c.key = d.record_key WHERE d.kind = 4
ORDER BY 1, 2;
