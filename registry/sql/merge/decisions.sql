-- What people decided, by the record's kind and id.
SELECT d.kind, a.id, d.new_code FROM decision d JOIN address a ON a.key = d.record_key WHERE d.kind = 1
UNION ALL
SELECT d.kind, h.id, d.new_code FROM decision d JOIN household h ON h.key = d.record_key WHERE d.kind = 2
UNION ALL
SELECT d.kind, p.id, d.new_code FROM decision d JOIN parcel p ON p.key = d.record_key WHERE d.kind = 3
UNION ALL
SELECT d.kind, c.id, d.new_code FROM decision d JOIN dossier c ON c.key = d.record_key WHERE d.kind = 4
ORDER BY 1, 2;
