-- R06: records whose content changed behind the last merge that ended, and that have a verdict.
-- Found: when they changed at the source; expected: nothing.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, k.name,
       CASE w.kind WHEN 1 THEN (SELECT key FROM address WHERE id = w.record_id)
                   WHEN 2 THEN (SELECT key FROM household WHERE id = w.record_id)
                   WHEN 3 THEN (SELECT key FROM parcel WHERE id = w.record_id)
                   ELSE (SELECT key FROM dossier WHERE id = w.record_id) END,
       v.old_unit, v.new_unit, w.changed_at, NULL, NULL, NULL
FROM (SELECT r.kind, r.record_id, max(r.changed_at) AS changed_at
      FROM catch_up c
      CROSS JOIN catch_up_row r ON r.source_id = c.source_id
      WHERE c.entry > (SELECT ifnull(max(id), 0) FROM ledger WHERE operation = 'merge end') AND r.what = 2
      GROUP BY r.kind, r.record_id) w
JOIN verdict v ON v.kind = w.kind AND v.record_id = w.record_id
JOIN record_kind k ON k.id = w.kind
ORDER BY w.kind, w.record_id;
