-- D02: decisions that law and evidence contradict by now. Method 1 is NOI_BY_DECISION, warning bit 16
-- NOI_WARN_DECISION_CONTRADICTED. Those that two people made against the candidates, knowing it, stand.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, k.name, d.record_key, v.old_unit, v.new_unit, d.new_code,
       (SELECT group_concat(code, ' ') FROM (SELECT DISTINCT n.code FROM edge e
        JOIN unit n ON n.id = e.new_unit WHERE e.old_unit = v.old_unit ORDER BY 1)), NULL, NULL
FROM decision d
JOIN record_kind k ON k.id = d.kind
JOIN (SELECT 1 AS kind, id, key FROM address
      UNION ALL SELECT 2, id, key FROM household
      UNION ALL SELECT 3, id, key FROM parcel
      UNION ALL SELECT 4, id, key FROM dossier) r ON r.kind = d.kind AND r.key = d.record_key
JOIN verdict v ON v.kind = d.kind AND v.record_id = r.id
WHERE v.warnings & 65536
  AND NOT EXISTS (SELECT 1 FROM decision_voice o WHERE o.kind = d.kind AND o.record_key = d.record_key
                  AND o.new_code = d.new_code AND o.override IS NOT NULL)
ORDER BY d.kind, d.record_key;
