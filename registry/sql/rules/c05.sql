-- C05: status and dates that do not fit.
INSERT INTO finding (rule, severity, run_id, subject_kind, subject_key, unit_id, other_unit_id,
                     value_found, value_expected, lon, lat)
SELECT ?1, ?2, ?3, 'case', d.key, NULL, NULL,
       printf('%s; %s', ifnull(d.status, '?'), ifnull(d.received_on, '?')), s.as_of, d.lon, d.lat
FROM dossier d
JOIN source s ON s.id = d.source_id
WHERE ifnull(d.system, '') NOT IN ('documents', 'accounts') -- these have no status of the portal
  AND (d.status IS NULL OR (d.status <> 1 AND d.received_on IS NULL) OR d.received_on > s.as_of)
ORDER BY d.id;
