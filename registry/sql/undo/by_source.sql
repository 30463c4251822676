-- Verdicts of the records that came with a file named ?1.
SELECT v.kind, v.record_id
FROM (SELECT 1 AS kind, id FROM address WHERE source_id IN (SELECT id FROM source WHERE name = ?1)
      UNION ALL
      SELECT 2, id FROM household WHERE source_id IN (SELECT id FROM source WHERE name = ?1)
      UNION ALL
      SELECT 3, id FROM parcel WHERE source_id IN (SELECT id FROM source WHERE name = ?1)
      UNION ALL
      SELECT 4, id FROM dossier WHERE source_id IN (SELECT id FROM source WHERE name = ?1)) r
JOIN verdict v ON v.kind = r.kind AND v.record_id = r.id
ORDER BY v.kind, v.record_id;
